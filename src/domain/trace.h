/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A trace: what one lane of one batch drew, posted and decided, as rows in the order in which it
 * happened. Filled only when a path is replayed for `explain`; the caller owns the memory and the
 * rows that do not fit are counted and dropped. */
#ifndef HR_DOMAIN_TRACE_H
#define HR_DOMAIN_TRACE_H

#include <stddef.h>
#include <stdint.h>

typedef enum {
    HR_TRACE_DRAW,    /* what: driver number; whose: entity; value: u or z as read (bent) */
    HR_TRACE_SETTING, /* what: slot (hr_real); value: the year's value in full, drawn settings only
                       */
    HR_TRACE_POST,   /* what: hr_line; school index, or -1 the centre; value: whole pounds, + raises
                        the balance */
    HR_TRACE_STATE,  /* what: hr_trace_state; school, candidate or risk index; value */
    HR_TRACE_METRIC, /* what: hr_metric; value */
    HR_TRACE_REFUSED, /* what: hr_policy; index: candidate; value: the figure that was too high or
                         low */
    HR_TRACE_EVENT /* what: hr_trace_event; index: candidate, school or risk; value: months or size
                    */
} hr_trace_kind;

typedef enum {
    HR_TS_OPENING_BALANCE,
    HR_TS_CLOSING_BALANCE,
    HR_TS_CENSUS,
    HR_TS_NURSERY,
    HR_TS_GROUP,
    HR_TS_SIXTH,
    HR_TS_QUALITY,
    HR_TS_GRADE,
    HR_TS_CLASSES,
    HR_TS_TEACHERS,
    HR_TS_SHARE_OF_YEAR,
    HR_TS_NEED_DAYS,
    HR_TS_MET_SHARE,
    HR_TS_LENT_DAYS,
    HR_TS_GAP,
    HR_TS_INDEX,
    HR_TS_FULL_YEAR_INCOME,
    HR_TS_TOPSLICE_RATE, /* % of its base */
    HR_TS_SPAN,          /* the centre: schools that its executive heads can oversee */
    HR_TS_CUSTOMERS,     /* the centre; sub: service; outside customers */
    HR_TS_PROTECTED,     /* the centre; pounds protected for improvement */
    HR_TS_ENTRY_INDEX,   /* of a school with feeders */
    HR_TRACE_STATES
} hr_trace_state;

typedef enum {
    HR_TE_CAME_FORWARD, /* candidate; value: month wished, from the start */
    HR_TE_ASKED,        /* candidate; value: month ready */
    HR_TE_SCORED,       /* candidate; value: its score, where the policy asks for one */
    HR_TE_JOINED,       /* candidate; value: month of opening */
    HR_TE_WITHDREW,
    HR_TE_LOST_CONDITION,
    HR_TE_LOST_WAITING,
    HR_TE_OFFER_STEP, /* candidate; value: pounds a year by which the core offer steps up */
    HR_TE_CONDITION,  /* candidate; sub: condition; value: months of delay */
    HR_TE_RISK,       /* risk; sub: school or -1; value: years it lasts */
    HR_TE_HEAD_LEFT,  /* school */
    HR_TE_QUALITY,    /* school; value: new quality */
    HR_TE_INSPECTED,  /* school; value: grade given */
    HR_TE_CLASSES_CLOSED,
    HR_TE_SAVING, /* school or centre; value: pounds found for next year; below nothing given back
                   */
    HR_TE_CAPITAL_AWARD,
    HR_TE_CAPITAL_ROUTE,
    HR_TE_CENTRE_RECOVERS, /* value: points added to every percentage */
    HR_TE_SCHOOL_RELIEVED, /* school; value: points off its percentage */
    HR_TE_TRUST_ENDS,      /* sub: risk; value: years that are counted */
    HR_TE_POSTS_CUT,    /* the centre; value: pounds a year; below nothing they are filled again */
    HR_TE_ADVISERS_CUT, /* the centre; value: days that can still be bought in */
    HR_TRACE_EVENTS
} hr_trace_event;

typedef struct {
    int32_t year; /* index from 0; -1 before the first year */
    int32_t step; /* row of the year's table, or -1 */
    int32_t kind; /* hr_trace_kind */
    int32_t what;
    int32_t index; /* school, candidate or risk; -1 the centre or trust */
    int32_t sub;   /* year group, condition, school of a risk; else -1 */
    uint32_t entity;
    uint32_t calendar_year; /* of a draw */
    double value;
} hr_trace_row;

typedef struct hr_trace {
    int lane;          /* which lane of the batch is traced */
    hr_trace_row *row; /* caller's memory */
    size_t room, rows, dropped;
    int year, step; /* where the batch is */
} hr_trace;

#endif
