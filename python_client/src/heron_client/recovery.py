"""What a client remembers of running episodes, to rebuild or to end them when a session is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from heron_client.results import (
    ALIVE,
    ENDED,
    OBSERVED,
    TRUNCATED,
    WAS_RESET,
    VectorStep,
)

OnSessionLost: TypeAlias = Literal["raise", "replay", "truncate"]
"""What to do when the server does not know the session any more.

``"raise"``: :class:`~heron_client.errors.SessionLostError`; the next reset starts a new session.
``"replay"``: rebuild it on the server from parameters, episode seeds and the episodes' actions,
check it by its state digest, and go on as if nothing had happened.
``"truncate"``: end all episodes as truncated, with the last observations; then a new session."""

Actions: TypeAlias = tuple[bytes, bytes]
"""Continuous and discrete block of one step of all copies."""


class EpisodeLog:
    """Seeds and actions of the episodes that are running, one per copy.

    Actions are kept for as long as the longest running episode needs them.

    Parameters
    ----------
    count : int
        Copies of the session.

    Attributes
    ----------
    last : VectorStep or None
        The last result.
    seeds : array of uint32, shape (count,)
        Seed of each copy's episode.
    complete : bool
        False after ``load_state``: the way to that state is not known here.
    """

    def __init__(self, count: int) -> None:
        self.last: VectorStep | None = None
        self.seeds: NDArray[np.uint32] = np.zeros(count, np.uint32)
        self.complete = True
        self._starts = np.zeros(count, np.int64)
        self._first = 0
        self._actions: list[Actions] = []

    def add(self, result: VectorStep, actions: Actions | None) -> None:
        """Remember a result and, for a step, the actions that led to it (None otherwise)."""
        self.last = result
        if actions is not None:
            self._actions.append(actions)
        if not result.env_flags.any():
            return
        reset = result.was_reset
        if result.episode_seeds is not None and reset.any():
            self.complete = self.complete or bool(reset.all())
            self.seeds[reset] = result.episode_seeds[reset]
            self._starts[reset] = self._first + len(self._actions)
            obsolete = int(self._starts.min()) - self._first
            del self._actions[:obsolete]
            self._first += obsolete

    def lose_track(self, result: VectorStep) -> None:
        """Remember a result whose episodes began elsewhere."""
        self.last = result
        self.complete = False
        self._actions.clear()
        if result.episode_seeds is not None:
            self.seeds = result.episode_seeds.copy()

    def plan(self) -> list[tuple[NDArray[np.bool_], Actions | None]]:
        """Return how to rebuild the state: what to reset before each step, and the step.

        All copies end at the same call, so a copy whose episode is younger joins in later: until
        then it plays any episode with the actions that are there.

        Returns
        -------
        list of (array of bool, shape (count,), and Actions or None)
            The mask of copies to reset, then the actions; None in the last entry.
        """
        ages = self._starts - self._first
        steps: list[Actions | None] = [*self._actions, None]
        return [((ages == age), step) for age, step in enumerate(steps)]


def end_by_truncation(last: VectorStep) -> VectorStep:
    """Return a result that truncates whoever is in an episode, with the last observations."""
    in_episode = (last.agent_flags & ALIVE) != 0
    flags = np.where(in_episode, np.uint8(OBSERVED | TRUNCATED), np.uint8(0)).astype(np.uint8)
    ended = np.where(in_episode.any(axis=1), np.uint8(ENDED), np.uint8(0)).astype(np.uint8)
    return replace(
        last,
        rewards=np.zeros_like(last.rewards),
        agent_flags=flags,
        env_flags=ended,
        episode_seeds=None,
        final_observations=None,
        final_agent_flags=None,
        final_metrics=None,
        session_lost=True,
    )


def join_same_step(ended: VectorStep, fresh: VectorStep) -> VectorStep:
    """Return a same-step result: the ended episodes in the final fields, the new ones above."""
    return replace(
        fresh,
        rewards=ended.rewards,
        env_flags=ended.env_flags | np.uint8(WAS_RESET),
        final_observations=ended.observations,
        final_agent_flags=ended.agent_flags,
        final_metrics=ended.metrics,
        session_lost=True,
    )
