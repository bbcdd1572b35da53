/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ends one reading of params.def, so that the next can give its macros another meaning. Included
 * once after each reading; it has no guard on purpose. */
#undef HR_BEGIN
#undef HR_REAL
#undef HR_BY
#undef HR_NUMBER
#undef HR_INT
#undef HR_FLAG
#undef HR_CHOICE
#undef HR_TEXT
#undef HR_YEAR
#undef HR_MONTH
#undef HR_LIST
#undef HR_ONE
#undef HR_ROWS
#undef HR_END
