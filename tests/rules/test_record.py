"""Figures that do not say more than they know."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.rules.record import came_back, in_time, interval_rank, median, replies, share, wilson


class TestWhatCameBack:
    MONDAY = datetime(2026, 3, 2, tzinfo=UTC)

    @pytest.mark.parametrize("days", [0, 1, 30])
    def test_a_bounce_takes_back_the_letter_before_it_however_late_it_is(self, days):
        assert came_back(self.MONDAY + timedelta(days=days), written_again_at=None)

    def test_a_bounce_after_another_letter_is_that_ones(self):
        again = self.MONDAY + timedelta(days=2)
        assert not came_back(again + timedelta(minutes=1), written_again_at=again)
        assert came_back(again - timedelta(minutes=1), written_again_at=again)

    def test_without_a_bounce_it_arrived(self):
        assert not came_back(None, written_again_at=self.MONDAY)


class TestWilson:
    @pytest.mark.parametrize(
        ("hits", "cases", "low", "high"),
        [
            # Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
            (29, 29, 0.8830, 1.0),
        ],
    )
    def test_it_gives_the_published_intervals(self, hits, cases, low, high):
        assert wilson(hits, cases) == pytest.approx((low, high), abs=5e-5)

    @given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
    def test_it_holds_the_share_and_mirrors(self, pair):
        hits, cases = pair
        low, high = wilson(hits, cases)
        assert 0 <= low <= hits / cases <= high <= 1
        assert wilson(cases - hits, cases) == pytest.approx((1 - high, 1 - low), abs=1e-12)


class TestShare:
    def test_of_nine_nothing_is_said_but_the_numbers(self):
        found = share(4, 9, still_open=2)
        assert (found.hits, found.cases, found.open) == (4, 9, 2)
        assert found.value is found.low is found.high is None

    def test_of_ten_the_share_comes_with_its_interval(self):
        found = share(4, 10)
        assert found.value == 0.4
        assert found.low < 0.4 < found.high

    def test_of_nothing_there_is_no_share_whatever_the_least(self):
        assert share(0, 0, least=0).value is None


class TestMedian:
    @pytest.mark.parametrize(
        # ranks of the 95 % interval of a median: Conover, Practical Nonparametric Statistics; n = 6 .. 30
        ("count", "rank"), [(6, 1), (8, 1), (9, 2), (10, 2), (12, 3), (15, 4), (20, 6), (25, 8), (30, 10)],
    )  # fmt: skip
    def test_the_ranks_are_those_of_the_tables(self, count, rank):
        assert interval_rank(count) == rank

    @given(st.integers(6, 400))
    def test_the_interval_holds_95_percent_and_the_next_narrower_does_not(self, count):
        def held(rank):
            return 1 - 2 * sum(comb(count, k) for k in range(rank)) / 2**count

        rank = interval_rank(count)
        assert held(rank) >= 0.95 > held(rank + 1)

    def test_the_middle_and_its_ends(self):
        found = median([9, 1, 2, 3, 4, 5, 6, 7, 8, 10])
        assert (found.cases, found.value, found.low, found.high) == (10, 5.5, 2, 9)

    def test_of_five_nothing_is_said(self):
        found = median([1, 2, 3, 4, 5])
        assert (found.cases, found.value, found.low) == (5, None, None)


class TestReplies:
    def test_a_letter_of_last_week_is_neither_yes_nor_no(self):
        old = [(30.0, 2.0)] * 6 + [(30.0, None)] * 6
        young = [(7.0, None)] * 5 + [(7.0, 1.0)]
        found = replies(old + young)
        assert (found.share.hits, found.share.cases, found.share.open) == (6, 12, 6)
        assert found.share.value == 0.5
        assert found.delay.cases == 6

    def test_an_answer_after_the_horizon_is_none_within_it(self):
        assert replies([(90.0, 40.0)]).share.hits == 0

    def test_bars_hold_every_answer_once(self):
        delays = [0.2, 1.0, 1.9, 3.0, 7.0, 14.9, 21.0]
        found = replies([(60.0, one) for one in delays])
        assert [count for _first, _last, count in found.bars] == [1, 2, 1, 1, 1, 1]
        assert [(first, last) for first, last, _ in found.bars] == [
            (0, 0),
            (1, 1),
            (2, 3),
            (4, 7),
            (8, 14),
            (15, 21),
        ]

    def test_no_letter_at_all_is_no_error(self):
        found = replies([])
        assert (found.share.cases, found.delay.cases) == (0, 0)


class TestInTime:
    def test_done_late_done_in_time_undone_and_still_open(self):
        found = in_time([(50, 10), (50, 30), (50, None), (3, None), (3, 1)], allowed=24)
        assert (found.hits, found.cases, found.open) == (2, 4, 1)

    @given(st.lists(st.tuples(st.floats(0, 100), st.none() | st.floats(0, 100)), max_size=40))
    def test_every_case_is_counted_once(self, cases):
        found = in_time(cases, allowed=24)
        assert found.cases + found.open == len(cases)
        assert 0 <= found.hits <= found.cases
