# The slower checks, and the bench. Each leaves what it builds under $(B)/checks and ends with what passed.
.PHONY: check-bits check-pairing check-intervals check-wasm check-asan check-ubsan check-tsan check-locale check-fresh check-reference check-slow

CHECKS := $(B)/checks
SANITIZED = $(MAKE) --no-print-directory OPT=-O1

## check-slow: all of the checks below, about seven minutes
check-slow: check-bits check-pairing check-intervals check-locale check-wasm check-asan check-ubsan check-tsan check-fresh check-reference

## check-bits: the same bytes on any threads, lanes, vector width, compiler, -O level, order of rows
check-bits: all
	$(Q)tests/checks/bits.sh $(B)/headroom $(CHECKS)

## check-locale: the same bytes under other locales, in the program and in a client that sets one
check-locale: all $(CHECKS)/in_locale
	$(Q)tests/checks/locale.sh $(B)/headroom $(CHECKS)/in_locale

## check-pairing: how much narrower the same luck makes the interval of a difference, printed
check-pairing: all $(CHECKS)/pairing
	$(Q)$(CHECKS)/pairing

## check-intervals: of 2,000 seeds how many 95 % intervals hold the truth, where it is known, printed
check-intervals: all $(CHECKS)/intervals
	$(Q)$(CHECKS)/intervals

## check-wasm: the same numbers from the core and analysis compiled to WebAssembly
check-wasm: all $(CHECKS)/dump
	$(Q)tests/checks/wasm.sh $(B)/headroom $(CHECKS)

## check-asan: the tests with the address sanitizer
check-asan:
	$(Q)$(SANITIZED) B=$(CHECKS)/asan CFLAGS="-g -fno-omit-frame-pointer -fsanitize=address" all unit
	$(Q)tests/checks/horizons.sh $(CHECKS)/asan/headroom
	$(Q)tests/ci/test.sh $(CHECKS)/asan

## check-ubsan: the tests with the sanitizer of undefined behaviour
check-ubsan:
	$(Q)$(SANITIZED) B=$(CHECKS)/ubsan all unit CFLAGS="-g -fsanitize=undefined,float-cast-overflow \
	    -fno-sanitize-recover=all -Wno-format-truncation"
	$(Q)tests/ci/test.sh $(CHECKS)/ubsan

## check-tsan: pool, runs and the program with the thread sanitizer
check-tsan:
	$(Q)$(SANITIZED) B=$(CHECKS)/tsan CFLAGS="-g -fsanitize=thread" all \
	    $(addprefix $(CHECKS)/tsan/tests/,test_pool test_run test_run_bits test_cases)
	$(Q)tests/checks/threads.sh $(CHECKS)/tsan

## check-fresh: make demo and make test, timed, each from a clean clone on a Debian made for it (root)
check-fresh:
	$(Q)tests/checks/fresh.sh

## bench: how long the engine and a whole run take, each vector width beside the others
bench: $(B)/bench
	$(Q)$(B)/bench

$(B)/bench: tests/bench/bench.c $(B)/libheadroom.a
	$(Q)$(CC) $(UPPER_FLAGS) -o $@ $< $(B)/libheadroom.a $(LIBS)
$(CHECKS)/dump: tests/wasm/dump.c $(B)/libheadroom.a
	$(Q)mkdir -p $(@D) && $(CC) $(UPPER_FLAGS) -o $@ $< $(B)/libheadroom.a $(LIBS)
$(CHECKS)/%: tests/checks/%.c $(B)/libheadroom.a
	$(Q)mkdir -p $(@D) && $(CC) $(UPPER_FLAGS) -Itests -o $@ $< $(B)/libheadroom.a $(LIBS)

## check-reference: the model worked out a second time from docs/model.md, 200 futures of each scenario
check-reference: all $(B)/rebuild
	$(Q)tests/cli/reference.sh $(B)/headroom 200

unit: $(B)/rebuild
$(B)/rebuild: $(wildcard tests/reference/*.[ch]) $(B)/libheadroom.a
	$(Q)$(CC) $(UPPER_FLAGS) -Itests -o $@ $(wildcard tests/reference/*.c) $(B)/libheadroom.a $(LIBS)

# What the model is held against in the world: one program each subject, PROGRAM DATA_FOLDER [--write DIR].
.PHONY: check-calibration
CALIBRATION_FRAME := $(addprefix tests/calibration/,target.c sheet.c trial.c)
CALIBRATION := $(patsubst tests/calibration/%.c,$(B)/calibration/%,$(wildcard $(addprefix tests/calibration/,rolls.c money.c joins.c grades.c)))

## check-calibration: every target of docs/verification.md, measured again from DATA=folder (without it: skipped)
check-calibration: all $(CALIBRATION)
	$(Q)tests/calibration/run.sh $(B)/calibration "$(DATA)" $(if $(WRITE),--write)

unit: $(CALIBRATION)
.SECONDEXPANSION:
$(B)/calibration/%: $$(wildcard tests/calibration/$$*.c tests/calibration/$$*_*.c tests/calibration/*.h) $(CALIBRATION_FRAME) $(B)/libheadroom.a
	$(Q)mkdir -p $(@D) && $(CC) $(UPPER_FLAGS) -MF $@.d -Itests -o $@ $(filter %.c,$^) $(B)/libheadroom.a $(LIBS)
