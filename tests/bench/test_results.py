"""What the benchmarks conclude from what they saw."""

import msgspec

from bench.gates import door_checks, rush
from bench.load import Answer, Load, percentile
from bench.readme import kept, table, verdicts, written
from bench.results import Check, Goal, Results, Row, no_faults
from bench.scenarios.best_available import group_checks, singles
from bench.seat_buyers import seat_checks
from bench.steps import patient


def broken(checks: list[Check]) -> list[str]:
    return [check.what for check in checks if not check.is_kept]


def test_a_percentile_is_the_value_that_so_many_do_not_exceed() -> None:
    assert [percentile(range(1, 101), share) for share in (0.5, 0.95, 0.99, 1)] == [50, 95, 99, 100]
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([], 0.99) == 0.0


def test_busy_is_told_from_other_refusals_and_from_faults() -> None:
    answers = [
        Answer(201, b"", b"{}"),
        Answer(429, b"", b'{"code":"busy"}'),
        Answer(429, b"", b'{"code":"rate_limited"}'),
        Answer(503, b"", b""),
        Answer(0, b"", b""),
    ]
    load = Load(seconds=2.0, answers={})
    for answer in answers:
        load.note("hold", answer.outcome, 0.01)
    assert load.outcomes_of("hold") == {"201": 1, "busy": 1, "429": 1, "503": 1, "lost": 1}
    assert (load.busy, load.faults, load.per_second) == (1, 2, 2.5)
    assert not no_faults("hold", load).is_kept


def test_who_is_refused_waits_as_long_as_the_answer_says() -> None:
    assert patient(Answer(429, b"HTTP/1.1 429\r\nRetry-After: 3\r\n", b"")).seconds == 3.0


def test_a_sale_that_was_planted_twice_is_no_exact_sell_out() -> None:
    seats = [f"seat {number}" for number in range(5)]
    assert broken(seat_checks("rush", seats, seats=5)) == []
    assert broken(seat_checks("rush", [*seats, "seat 3"], seats=5)) == [
        "rush: seats with more than one winner"
    ]
    assert broken(seat_checks("rush", seats[1:], seats=5)) == ["rush: seats sold"]


def test_parties_sit_side_by_side_on_seats_of_their_own() -> None:
    together = [("1", 4), ("1", 5), ("1", 6)]
    assert broken(group_checks([together, [("2", 4), ("2", 5)]])) == []
    assert len(broken(group_checks([together, [("1", 6), ("1", 7)]]))) == 1
    assert len(broken(group_checks([[("1", 4), ("2", 5)]]))) == 1
    assert len(broken(group_checks([[("1", 4), ("1", 6)]]))) == 1


def test_a_seat_without_a_free_neighbour_in_its_row_is_single() -> None:
    assert singles([0, 1, 3, 9, 10], per_row=10) == 3


def test_each_ticket_comes_once_and_a_tenth_of_them_twice_at_another_gate() -> None:
    codes = [f"code {number}" for number in range(200)]
    evening = rush(codes, gates=4, offline=1, twice=0.1, seed=1)
    shown = [(one.code, one.gate) for one in [*evening.online, *evening.offline]]
    assert len(shown) == len(set(shown)) == 220
    assert {code for code, _ in shown} == set(codes)


def test_an_evening_at_the_door_is_judged_by_admissions_and_conflicts() -> None:
    codes = [f"code {number}" for number in range(200)]
    evening = rush(codes, gates=4, offline=2, twice=0.1, seed=1)
    assert evening.conflicts > 0

    def judged(admitted: list[str], conflicts: int) -> list[str]:
        return broken(door_checks("door", admitted, conflicts, codes=200, rush=evening))

    assert judged(codes, evening.conflicts) == []
    assert judged([*codes, codes[0]], evening.conflicts) == ["door: tickets that let in two"]
    assert judged(codes[1:], evening.conflicts) == ["door: tickets that let somebody in"]
    assert judged(codes, evening.conflicts - 1) == ["door: offline conflicts told"]


def test_the_documents_show_the_kept_run() -> None:
    for path, text in written(kept()):
        assert path.read_text() == text, f"run python -m bench.readme: {path}"


def test_the_tables_tell_rates_ratios_and_missed_goals() -> None:
    results = Results(
        rows=[
            Row(name="pgbench_hot", clients=64, per_s=500.0, p50_ms=120.0),
            Row(name="hot_quota", clients=64, per_s=2_000.0, p50_ms=30.4, p99_ms=70.0),
        ],
        checks=[Check(what="oversold", found=0, wanted=0)],
        goals=[Goal(what="scans", found=2_500.0, unit="/s", at_least=3_000.0)],
    )
    assert "| 64 | 2,000, 4.0 times the database alone | 30 ms | 70 ms |" in table(results)
    assert "| scans | 2,500 /s | ≥ 3,000 | **missed** |" in verdicts(results)
    assert "1 of 1 promises" in verdicts(results)


def test_every_kind_of_promise_can_be_kept_and_read_again() -> None:
    checks = [Check(what=str(found), found=found, wanted=found) for found in (True, 2, 0.5, "one")]
    results = Results(rows=[], checks=checks, goals=[], settings={}, machine="", measured_at="")
    assert msgspec.json.decode(msgspec.json.encode(results), type=Results) == results
