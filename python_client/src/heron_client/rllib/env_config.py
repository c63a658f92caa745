"""The ``env_config`` of the RLlib classes: its keys, their defaults, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Literal, TypeAlias, get_args

import numpy as np

from heron_client.connection import DEFAULT_ADDRESS, connect
from heron_client.errors import InvalidArgumentError
from heron_client.recovery import OnSessionLost
from heron_client.session import AutoresetMode, Session, SessionOptions

NormalizeActions: TypeAlias = Literal["rescale", "clip", "off"]
"""How a policy sees Box actions.

``"rescale"``: as [-1, 1], mapped linearly to the agent's box, so that agents with different boxes
may share a policy. ``"clip"``: as [-1, 1], clipped to the agent's box. ``"off"``: as they are.
A Box with infinite bounds stays as it is with ``"rescale"``."""

ActionMasks: TypeAlias = Literal["info", "observation"]
"""Where a policy finds action masks.

``"info"``: as ``action_mask`` in the agent's info. ``"observation"``: the observation becomes a
Dict of ``action_mask`` and ``observations``, which is what RLlib's action-masking modules take."""


@dataclass(frozen=True)
class EnvConfig:
    """Settings of the RLlib classes, given as ``env_config``.

    Attributes
    ----------
    env_id : str
        Environment, e.g. ``"SimpleMicrogrids-v0"``. Mandatory.
    address : str or list of str
        Server. Of several, runner i uses number i modulo their count.
    parameters : dict
        Parameters of the environment.
    agents : sequence of str
        Agents to observe and act for; empty means all.
    normalize_actions : {"rescale", "clip", "off"}
        How policies see Box actions. Learning curves compare only within one mapping.
    one_hot : bool
        Observations come as RLlib's default models need them: discrete ones as one-hot vectors, and
        tables (two-dimensional Boxes) row after row.
    action_masks : {"info", "observation"}
        Where a policy finds action masks.
    on_session_lost : {"raise", "replay", "truncate"}
        What to do when the server was restarted.
    token, tls, timeout, connect_timeout, lease_seconds
        As in :func:`heron_client.connect` and :func:`heron_client.vector_env`.
    """

    env_id: str
    address: str | Sequence[str] = DEFAULT_ADDRESS
    parameters: Mapping[str, object] = field(default_factory=dict[str, object])
    agents: Sequence[str] = ()
    normalize_actions: NormalizeActions = "rescale"
    one_hot: bool = True
    action_masks: ActionMasks = "info"
    on_session_lost: OnSessionLost = "raise"
    token: str | None = field(default=None, repr=False)
    tls: bool | str | None = None
    timeout: float = 60.0
    connect_timeout: float = 30.0
    lease_seconds: float | None = None

    @classmethod
    def of(cls, config: Mapping[str, Any]) -> EnvConfig:
        """Read an ``env_config``.

        Raises
        ------
        InvalidArgumentError
            A key or a choice that there is not, or no ``env_id``.
        """
        known = [entry.name for entry in fields(cls)]
        unknown = sorted(set(config) - set(known))
        if unknown or "env_id" not in config:
            wrong = f"{unknown[0]!r} is no key" if unknown else "'env_id' is missing"
            raise InvalidArgumentError(
                f"env_config: {wrong}. Keys are {', '.join(known)}; parameters of the environment "
                "go into 'parameters'."
            )
        result = cls(**config)
        for name, choices in (
            ("normalize_actions", get_args(NormalizeActions)),
            ("action_masks", get_args(ActionMasks)),
        ):
            if getattr(result, name) not in choices:
                raise InvalidArgumentError(
                    f"env_config: {name} is {getattr(result, name)!r}; allowed: "
                    f"{', '.join(choices)}."
                )
        return result

    def session(self, runner: int, num_envs: int, autoreset_mode: AutoresetMode) -> Session:
        """Describe the session of a runner (its ``worker_index``); it opens on first use."""
        several = [self.address] if isinstance(self.address, str) else list(self.address)
        if not several:
            raise InvalidArgumentError("env_config: address is empty; give at least one server.")
        connection = connect(
            several[runner % len(several)],
            self.token,
            self.tls,
            timeout=self.timeout,
            connect_timeout=self.connect_timeout,
        )
        options = SessionOptions(
            env_id=self.env_id,
            parameters=dict(self.parameters),
            num_envs=num_envs,
            autoreset_mode=autoreset_mode,
            agents=self.agents,
            one_hot_observations=self.one_hot,
            lease_seconds=self.lease_seconds,
            on_session_lost=self.on_session_lost,
        )
        return Session(connection, options)


def mixed_seed(seed: int, runner: int, copy: int) -> int:
    """Return the episode seed of a copy.

    RLlib gives copy i of runner w the seed ``seed + w + i``, so that copies of different runners
    get the same one; this keeps them apart.

    Parameters
    ----------
    seed : int
        As RLlib gives it.
    runner : int
        ``worker_index``, 0 for the local runner.
    copy : int
        Number of the copy within its runner. Copy 0 of the local runner keeps ``seed``, so that a
        single environment plays the same episode as in PettingZoo.

    Returns
    -------
    int
        From 0 to 2**32 - 1.
    """
    if runner == 0 and copy == 0:
        return seed % 2**32
    return int(np.random.SeedSequence([abs(seed), runner, copy]).generate_state(1)[0])
