"""The cases of a house that is filled in bulk, for bench/loading.py."""

from typing import Any

from bench.bulk import DAY, when

#: So many lanes are due to be told of, and so many call-backs to be asked.
DUE = 20


class Cases:
    """What the loader writes beside its questions."""

    now: int
    open: int
    staff: dict[int, int]
    helpers: list[tuple[int, str]]
    write: Any

    def _write_cases(self, plan: list[dict[str, Any]]) -> None:
        from youthvoice.callbacks.models import Callback
        from youthvoice.cases.models import Case, Hop, Lane, Step
        from youthvoice.gathering.models import Merge

        opened = [one["n"] for one in plan if one["open"]]
        #: Every fiftieth of what is open hangs on the one before it.
        hangs = {n: opened[i - 1] for i, n in enumerate(opened) if i % 50 == 49}
        due = set(opened[: DUE * 2 : 2]) - set(hangs)
        late = set(opened[: len(opened) // 5])
        cases, lanes, hops, backs, merges = [], [], [], [], []
        steps: list[tuple] = []
        for one in plan:
            n, asked, holder = one["n"], one["asked"], one["holder"]
            first_due = asked + 3 * DAY
            answered = None if one["open"] else asked + one["wait"]
            state, lane, stopped = self._state(one, n in hangs)
            cases.append(
                (n, n, holder, state, when(asked), when(asked), when(first_due),
                 None if one["imported"] else when(answered),
                 "received" if state == "aside" else "",
                 "g" if one["open"] and one["referred"] and n not in hangs else "", 3)
            )  # fmt: skip
            is_late = n in late or n in due
            tell = when(self.now - 60) if n in due else when(self.now + 30 * DAY)
            due_at = self.now - DAY if is_late else max(first_due, self.now + n % (60 * DAY))
            lanes.append(
                (n * 2, n, "league", True, holder, self.staff[holder] if lane == "moving" else None,
                 lane, when(asked), "first", when(due_at if one["open"] else first_due),
                 when(stopped), 1 if is_late else 0, None if stopped else tell, when(asked))
            )  # fmt: skip
            steps += [(n, "asked", when(asked), None, ""), (n, "held", when(asked), holder, "")]
            if answered is not None:
                steps.append((n, "answered", when(answered), holder, "official"))
            if one["referred"] and self.helpers and not one["imported"] and n not in hangs:
                self._refer(one, lanes, hops)
            if n in hangs:
                merges.append((n, hangs[n], "received", when(asked + 60)))
            if state in ("answered", "solved", "unsolved") and answered is not None:
                for day in (1, 28):
                    asked_back = answered + day * DAY
                    if n == 1:
                        continue
                    opened_at = asked_back if asked_back < self.now - DAY else None
                    ends = asked_back if opened_at else max(asked_back, self.now + 3600)
                    said = opened_at is not None and n % 3 == 0
                    backs.append(
                        (n, 1, day, when(ends), when(opened_at),
                         when(opened_at + 60 if said and opened_at else None),
                         (n % 5) + 1 if said else None, "page" if said else "")
                    )  # fmt: skip
        names = "case_id round day due_at opened_at answered_at satisfied channel"
        self.write(
            Case,
            "id question_id holder_id state held_at waiting_since first_due_at first_reply_at "
            "state_before open_kinds version",
            cases,
        )
        self.write(
            Lane,
            "id case_id kind is_own holder_id person_id state since clock due_at stopped_at rung "
            "escalate_at moved_at",
            lanes,
        )
        self.write(Step, "case_id kind at organisation_id answer_kind", steps)
        self.write(
            Hop,
            "lane_id kind sender_id receiver_id reason made_at sign_due_at due_at state signed_at "
            "ended_at",
            hops,
        )
        back_rows = [
            (*row[:3], when(self.now - 60), *row[4:]) if row[4] is None and i < DUE else row
            for i, row in enumerate(sorted(backs, key=lambda row: row[4] is not None))
        ]
        self.write(Callback, names, back_rows)
        self.write(Merge, "case_id lead_id state_before at", merges)

    def _state(self, one: dict[str, Any], merged: bool) -> tuple[str, str, int | None]:
        """The case's, its own lane's, and since when that stands."""
        if merged:
            return "merged", "ended", one["asked"] + 60
        if one["open"]:
            if one["referred"]:
                return "referred", "moving", None
            return ("held", "moving", None) if one["n"] % 2 else ("received", "asked", None)
        end = one["asked"] + one["wait"]
        if one["imported"] or one["deleted"]:
            return "closed", "ended", end
        if one["hidden"]:
            return "aside", "answered", end
        state = {"open": "answered", "solved": "solved", "unsolved": "answered"}[one["outcome"]]
        return state, "ended" if state == "solved" else "answered", end

    def _refer(self, one: dict[str, Any], lanes: list[tuple], hops: list[tuple]) -> None:
        body, kind = self.helpers[one["n"] % len(self.helpers)]
        lane_kind = "government" if kind == "government" else "society"
        made = one["asked"] + 3600
        over = None if one["open"] else one["asked"] + one["wait"]
        lane, hop = ("asked", "open") if one["open"] else ("answered", "answered")
        if one["n"] % 11 == 0 and not one["open"]:
            lane, hop = "returned", "returned"
        due_at = self.now + one["n"] % (30 * DAY) + 3600 if one["open"] else made + 5 * DAY
        # A page of what is overdue in a small house, too.
        if one["open"] and one["n"] % max(min(self.open // 200, 20), 1) == 0:
            due_at = self.now - DAY
        pk = one["n"] * 2 + 1
        lanes.append(
            (pk, one["n"], lane_kind, False, body, None, lane, when(made), "sign", when(due_at),
             when(over), 0, None if over else when(self.now + 30 * DAY), when(made))
        )  # fmt: skip
        hops.append(
            (pk, "referral", one["holder"], body, "请协助核实", when(made), when(due_at),
             when(due_at), hop, None if one["open"] else when(made + 60), when(over))
        )  # fmt: skip
