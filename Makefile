# headroom: growth and capacity simulation for multi-academy trusts.
# `make help` lists the targets. Variables: CC, OPT (optimisation), B (build folder), Q (Q= shows commands),
# PREFIX, DESTDIR.

B ?= build
Q ?= @
CC ?= cc
OPT ?=
PREFIX ?= /usr/local
LD ?= ld
OBJCOPY ?= objcopy

IS_CLANG := $(shell $(CC) --version 2>/dev/null | grep -c clang)
WARN = $(if $(filter-out 0,$(IS_CLANG)),-Wno-pass-failed) -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2
# gcc turns `x[i] = c ? y : x[i]` into masked stores, which are many times slower than a choice and a store.
LANE_STORES = $(if $(filter-out 0,$(IS_CLANG)),,-fno-thread-jumps)
# Two steps of a lane loop a turn: more takes more code than it saves. clang does so by itself.
LANE_TURNS = $(if $(filter-out 0,$(IS_CLANG)),,-funroll-loops --param max-unroll-times=2)
STD = -std=c11 -ffp-contract=off -Iinclude -Isrc -MMD -MP $(WARN) $(CFLAGS)
CORE_FLAGS = $(STD) $(if $(OPT),$(OPT),-O3) -fno-math-errno -fno-trapping-math $(LANE_STORES) $(LANE_TURNS)
UPPER_FLAGS = $(STD) $(if $(OPT),$(OPT),-O2) -D_POSIX_C_SOURCE=200809L -pthread
LIBS = -lconfig -ljansson -pthread -lm

# The core is compiled once for each vector width from the same sources; everything else once.
CORE_DIRS = base model stoch domain engine
UPPER_DIRS = os config analysis report
CORE_SRC := $(foreach d,$(CORE_DIRS),$(wildcard src/$(d)/*.c))
UPPER_SRC := $(foreach d,$(UPPER_DIRS),$(wildcard src/$(d)/*.c))
CLI_SRC := $(wildcard src/cli/*.c)
ARCH := $(shell $(CC) -dumpmachine)
WIDTHS := $(if $(findstring x86_64,$(ARCH)),avx2 avx512)
WIDTH_FLAGS_avx2 = -mavx2
WIDTH_FLAGS_avx512 = -mavx512f -mavx512dq -mavx512vl -mavx512bw -mprefer-vector-width=512

CORE_OBJ := $(CORE_SRC:src/%.c=$(B)/plain/%.o)
WIDTH_OBJ := $(WIDTHS:%=$(B)/engine_%.o)
UPPER_OBJ := $(UPPER_SRC:src/%.c=$(B)/obj/%.o)
CLI_OBJ := $(CLI_SRC:src/%.c=$(B)/obj/%.o)
SHIPPED := $(sort $(shell find scenarios plots -name '*.cfg' -o -name '*.gp'))
UNIT := $(patsubst tests/unit/%.c,$(B)/tests/%,$(wildcard tests/unit/test_*.c))
SUPPORT_OBJ := $(patsubst tests/support/%.c,$(B)/tests/support/%.o,$(wildcard tests/support/*.c))


.PHONY: all demo test docs install uninstall bench clean help deps unit
.SECONDARY:

## all: builds build/headroom and build/libheadroom.a; installs nothing
all: $(B)/headroom $(B)/libheadroom.a

$(B)/headroom: $(CLI_OBJ) $(B)/libheadroom.a
	$(Q)$(CC) $(CFLAGS) -o $@ $(CLI_OBJ) $(B)/libheadroom.a $(LIBS)

$(B)/libheadroom.a: $(CORE_OBJ) $(WIDTH_OBJ) $(UPPER_OBJ)
	$(Q)rm -f $@ && ar rcs $@ $^

$(B)/plain/%.o: src/%.c Makefile
	$(Q)mkdir -p $(@D) && $(CC) $(CORE_FLAGS) -c -o $@ $<
$(B)/obj/%.o: src/%.c Makefile
	$(Q)mkdir -p $(@D) && $(CC) $(UPPER_FLAGS) -I$(B) -c -o $@ $<

# A width's objects become one object in which only the entry point, under its own name, is global.
define WIDTH_RULES
$(B)/$(1)/%.o: src/%.c Makefile
	$$(Q)mkdir -p $$(@D) && $$(CC) $$(CORE_FLAGS) $$(WIDTH_FLAGS_$(1)) -c -o $$@ $$<
$(B)/engine_$(1).o: $$(CORE_SRC:src/%.c=$(B)/$(1)/%.o)
	$$(Q)$$(LD) -r -o $$@.all $$^ && $$(OBJCOPY) --keep-global-symbol=hr_engine_batch $$@.all $$@.one \
	    && $$(OBJCOPY) --redefine-sym hr_engine_batch=hr_engine_batch_$(1) $$@.one $$@ && rm $$@.all $$@.one
endef
$(foreach w,$(WIDTHS),$(eval $(call WIDTH_RULES,$(w))))

# What ships inside the program: every scenario and plot file, by name.
$(B)/shipped.inc: $(SHIPPED) Makefile
	$(Q)mkdir -p $(@D) && i=0; for f in $(SHIPPED); do \
	    n=$${f#scenarios/}; n=$${n%.cfg}; echo "HR_SHIPPED($$i, \"$$n\", \"$$f\")"; i=$$((i + 1)); done > $@
$(B)/obj/config/shipped.o: $(B)/shipped.inc

$(B)/tests/support/%.o: tests/support/%.c Makefile
	$(Q)mkdir -p $(@D) && $(CC) $(UPPER_FLAGS) -Itests -I$(B) -c -o $@ $<
# An archive, so that a test with an engine of its own takes in no other.
$(B)/tests/support.a: $(SUPPORT_OBJ)
	$(Q)rm -f $@ && ar rcs $@ $^
$(B)/tests/%: tests/unit/%.c $(B)/tests/support.a $(B)/libheadroom.a Makefile
	$(Q)mkdir -p $(@D) && $(CC) $(UPPER_FLAGS) -Itests -I$(B) -o $@ $< $(B)/tests/support.a $(B)/libheadroom.a -lcmocka \
	    -lgsl -lgslcblas $(LIBS)

## deps: installs what is missing from Debian's packages (root or sudo); demo and test call it
deps:
	$(Q)tests/ci/install.sh

## demo: installs what is missing, builds, runs the real plans; verdicts on the terminal, the rest in out/
demo: deps
	$(Q)$(MAKE) --no-print-directory all
	$(Q)tests/ci/demo.sh $(B)/headroom

## test: installs what is missing, builds and passes the tests
test: deps
	$(Q)$(MAKE) --no-print-directory all unit
	$(Q)tests/ci/test.sh $(B)

unit: $(UNIT)

## docs: brings docs/reference/, the tables of docs/overlays/, docs/worlds/, docs/plans.md and docs/convergence.md, docs/score.md, the schemas' lists and the pictures up to date
docs: all $(B)/tests/test_schema_keys
	$(Q)$(B)/tests/test_schema_keys --write
	$(Q)mkdir -p docs/reference && for t in metrics parameters drivers lines bridge policies steps limits risks; do \
	    $(B)/headroom show $$t --as md > docs/reference/$$t.md; done
	$(Q)tests/docs/overlays.sh $(B) --write
	$(Q)tests/docs/plans.sh $(B) --write
	$(Q)tests/docs/score.sh $(B) --write
	$(Q)tests/docs/convergence.sh $(B) --write
	$(Q)$(B)/headroom run scenarios/trusts/learning-together.cfg --out $(B)/picture --force --quiet && \
	    cp $(B)/picture/charts/reserves_pct.svg docs/learning-together-reserves.svg
	$(Q)$(B)/headroom run scenarios/trusts/learning-together.cfg --paths 65536 --out $(B)/picture --force --quiet && \
	    cp $(B)/picture/charts/convergence.svg docs/learning-together-convergence.svg

## install: copies the program, library and headers under PREFIX (default /usr/local), DESTDIR before it
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib $(DESTDIR)$(PREFIX)/include/headroom/tables
	install -m 755 $(B)/headroom $(DESTDIR)$(PREFIX)/bin/
	install -m 644 $(B)/libheadroom.a $(DESTDIR)$(PREFIX)/lib/
	install -m 644 include/headroom.h $(DESTDIR)$(PREFIX)/include/
	install -m 644 include/headroom/*.h $(DESTDIR)$(PREFIX)/include/headroom/
	install -m 644 include/headroom/tables/*.def $(DESTDIR)$(PREFIX)/include/headroom/tables/

## uninstall: removes what install copied
uninstall:
	rm -rf $(DESTDIR)$(PREFIX)/bin/headroom $(DESTDIR)$(PREFIX)/lib/libheadroom.a \
	    $(DESTDIR)$(PREFIX)/include/headroom.h $(DESTDIR)$(PREFIX)/include/headroom

## clean: removes the build folder and out/
clean:
	rm -rf $(B) out

## help: lists these targets
help:
	@grep -hE '^## ' Makefile tests/checks.mk 2>/dev/null | sed 's/^## /  make /'

-include tests/checks.mk
-include $(foreach w,$(WIDTHS),$(CORE_SRC:src/%.c=$(B)/$(w)/%.d)) $(CORE_OBJ:.o=.d) $(UPPER_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(UNIT:=.d) $(SUPPORT_OBJ:.o=.d)
