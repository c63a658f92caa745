"""Many copies of an environment behind one call per step, as packed arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from heron_client.connection import DEFAULT_ADDRESS, Connection, as_connection
from heron_client.errors import InvalidArgumentError
from heron_client.recovery import OnSessionLost
from heron_client.results import VectorStep
from heron_client.session import AutoresetMode, Session, SessionOptions
from heron_client.spaces import head_sizes
from heron_client.spec import EnvironmentSpec


class HeronVectorEnv:
    """Copies of one environment on a server; see :func:`vector_env`.

    One reset or step is one message each way, whatever the number of copies and agents.
    Use it from one thread at a time. May be pickled: the copy has a session of its own.

    Parameters
    ----------
    connection : Connection
        Server.
    options : SessionOptions
        What to create there.
    check_actions : bool
        Check shapes and values before sending. Shapes are always checked.
    """

    def __init__(
        self, connection: Connection, options: SessionOptions, check_actions: bool = True
    ) -> None:
        self.session = Session(connection, options)
        self._check = check_actions
        self.spec: EnvironmentSpec = self.session.spec
        """Agents, spaces and the layout of rows."""
        self.num_envs = options.num_envs
        """Copies."""
        heads = [n for agent in self.spec.agents for n in head_sizes(agent.action_space)]
        self._head_sizes = np.array(heads, np.int32)

    def __enter__(self) -> HeronVectorEnv:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def reset(
        self,
        seed: int | None = None,
        *,
        mask: ArrayLike | None = None,
        seeds: ArrayLike | None = None,
    ) -> VectorStep:
        """Start episodes.

        Parameters
        ----------
        seed : int or None
            Copy i gets the episode seed ``seed + i`` (modulo 2**32). None without ``seeds``: each
            copy's next seed follows from its last one, and is random at first.
        mask : array of bool, shape (num_envs,), or None
            Copies to reset; None means all.
        seeds : array of int, shape (num_envs,), or None
            The episode seed of each copy, 0 to 2**32 - 1.

        Returns
        -------
        VectorStep
            First observations; ``episode_seeds`` says which seeds are in force.
        """
        packed_mask = b""
        if mask is not None:
            packed_mask = self._row("mask", mask).astype(np.bool_).astype(np.uint8).tobytes()
        packed_seeds = b""
        if seeds is not None:
            values = self._row("seeds", seeds)
            if values.dtype.kind not in "iu" or (values < 0).any() or (values >= 2**32).any():
                raise InvalidArgumentError(
                    f"seeds are {values.tolist()}; seeds are whole numbers from 0 to 2**32 - 1."
                )
            packed_seeds = values.astype("<u4").tobytes()
        return self.session.reset(mask=packed_mask, seeds=packed_seeds, seed=check_seed(seed))

    def step(
        self, continuous: ArrayLike | None = None, discrete: ArrayLike | None = None
    ) -> VectorStep:
        """Advance all copies by one step.

        Parameters
        ----------
        continuous : array of float, shape (num_envs, continuous_length), or None
            Continuous actions; columns by ``spec.agent(id).continuous``. May be left out when the
            environment has none. Numbers outside a Box are clipped by the environment.
        discrete : array of int, shape (num_envs, discrete_length), or None
            One category per discrete head; columns by ``spec.agent(id).discrete``.

        Returns
        -------
        VectorStep
            Numbers of agents that need not act are ignored.

        Raises
        ------
        InvalidArgumentError
            Wrong shape or type, a number that is not finite, or no such category, of an agent that
            must act. The message names copy and agent. Nothing was sent.
        """
        floats = self._block("continuous", continuous, self.spec.continuous_length, "<f4", "biuf")
        heads = self._block("discrete", discrete, self.spec.discrete_length, "<i4", "biu")
        if self._check:
            if not np.isfinite(floats).all():
                self._refuse_continuous(floats)
            if heads.size and ((heads < 0) | (heads >= self._head_sizes)).any():
                self._refuse_discrete(heads)
        return self.session.step(floats.tobytes(), heads.tobytes())

    def render(self, mode: str = "", copy: int = 0) -> str:
        """Draw one copy as text; modes are in ``spec.render_modes``, empty = the first."""
        return self.session.render(mode, copy)

    def save_state(self) -> bytes:
        """Return the whole state of all copies."""
        return self.session.save_state()

    def load_state(self, state: bytes) -> VectorStep:
        """Take over a saved state; stepping continues bit for bit. Returns its last results."""
        return self.session.load_state(state)

    def close(self) -> None:
        """End the session on the server. Closing twice is fine."""
        self.session.close()

    def _row(self, name: str, values: ArrayLike) -> NDArray[Any]:
        array = np.asarray(values)
        if array.shape != (self.num_envs,):
            raise InvalidArgumentError(
                f"{name} has shape {array.shape}; it takes one value per copy: ({self.num_envs},)."
            )
        return array

    def _block(
        self, name: str, values: ArrayLike | None, length: int, dtype: str, kinds: str
    ) -> NDArray[Any]:
        shape = (self.num_envs, length)
        if values is None:
            if length:
                raise InvalidArgumentError(
                    f"{self.spec.env_id} has {length} {name} action numbers per copy; give "
                    f"{name}= with shape {shape}."
                )
            return np.empty(shape, dtype)
        array = np.asarray(values)
        if array.shape != shape or array.dtype.kind not in kinds:
            raise InvalidArgumentError(
                f"{name} has shape {array.shape} and type {array.dtype}; {self.spec.env_id} takes "
                f"shape {shape} and {'real' if 'f' in kinds else 'whole'} numbers."
            )
        if "f" not in kinds and not np.can_cast(array.dtype, dtype):
            # Turned into 32 bits, a number beyond them would become one that looks like a category.
            lowest = max(-1, np.iinfo(array.dtype).min)
            array = np.clip(array, lowest, np.iinfo(np.int32).max)
        return np.ascontiguousarray(array, dtype)

    def _must_act(self) -> NDArray[np.bool_]:
        last = self.session.last
        if last is None:
            return np.zeros((self.num_envs, len(self.spec.agents)), np.bool_)
        return last.must_act

    def _refuse_continuous(self, floats: NDArray[np.float32]) -> None:
        must_act = self._must_act()
        for agent in self.spec.agents:
            bad = ~np.isfinite(floats[:, agent.continuous]).all(axis=1) & must_act[:, agent.index]
            if bad.any():
                copy = int(np.flatnonzero(bad)[0])
                raise InvalidArgumentError(
                    f"Action of agent {agent.id!r} in copy {copy} is "
                    f"{floats[copy, agent.continuous].tolist()}; every number of "
                    f"{agent.action_space} must be finite.",
                    self.spec.env_id,
                )

    def _refuse_discrete(self, heads: NDArray[np.int32]) -> None:
        must_act = self._must_act()
        for agent in self.spec.agents:
            values = heads[:, agent.discrete]
            sizes = self._head_sizes[agent.discrete]
            bad = ((values < 0) | (values >= sizes)).any(axis=1) & must_act[:, agent.index]
            if bad.any():
                copy = int(np.flatnonzero(bad)[0])
                raise InvalidArgumentError(
                    f"Action of agent {agent.id!r} in copy {copy} is {values[copy].tolist()}; "
                    f"{agent.action_space} allows whole numbers from 0 to below {sizes.tolist()}.",
                    self.spec.env_id,
                )


def check_seed(seed: int | None) -> int | None:
    """Return a seed that fits the wire.

    Raises
    ------
    InvalidArgumentError
        It is no whole number from 0 to 2**32 - 1.
    """
    if seed is None:
        return None
    if not isinstance(seed, (int, np.integer)) or not 0 <= seed < 2**32:  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidArgumentError(
            f"seed is {seed!r}; seeds are whole numbers from 0 to 2**32 - 1."
        )
    return int(seed)


def vector_env(
    env_id: str,
    num_envs: int,
    *,
    address: str | Connection = DEFAULT_ADDRESS,
    token: str | None = None,
    tls: bool | str | Path | None = None,
    timeout: float | None = None,
    connect_timeout: float | None = None,
    autoreset_mode: AutoresetMode = "next_step",
    agents: Sequence[str | Mapping[str, object]] = (),
    one_hot_observations: bool = False,
    lease_seconds: float | None = None,
    on_session_lost: OnSessionLost = "raise",
    check_actions: bool = True,
    **parameters: object,
) -> HeronVectorEnv:
    """Make copies of an environment that are reset and stepped together.

    Parameters
    ----------
    env_id : str
        For example ``"SimpleMicrogrids-v0"``.
    num_envs : int
        Copies.
    address : str or Connection
        Server, or a connection made by :func:`heron_client.connect`.
    token, tls, timeout, connect_timeout
        As in :func:`heron_client.connect`.
    autoreset_mode : {"next_step", "same_step", "disabled"}
        What happens to a copy whose episode is over, see :data:`heron_client.AutoresetMode`.
    agents : sequence of str
        Agents to observe and act for, in any order; empty means all. The others hold their neutral
        action. A composed environment takes its agents here, as dicts, and ``agent_ids`` instead.
    one_hot_observations : bool
        Discrete observations come as one-hot vectors in a Box from 0 to 1.
    lease_seconds : float or None
        Seconds without any sign of the client after which the server closes the session; None: its
        default.
    on_session_lost : {"raise", "replay", "truncate"}
        What to do when the server was restarted, see :data:`heron_client.OnSessionLost`.
    check_actions : bool
        Check values before sending; the server checks them as well.
    **parameters
        Parameters of the environment.

    Returns
    -------
    HeronVectorEnv

    Raises
    ------
    NotFoundError, InvalidArgumentError
        No such environment, or a wrong parameter.
    UnavailableError
        No server answers.
    """
    connection = as_connection(
        address,
        {"token": token, "tls": tls, "timeout": timeout, "connect_timeout": connect_timeout},
    )
    options = SessionOptions(
        env_id=env_id,
        parameters=parameters,
        num_envs=num_envs,
        autoreset_mode=autoreset_mode,
        agents=agents,
        one_hot_observations=one_hot_observations,
        lease_seconds=lease_seconds,
        on_session_lost=on_session_lost,
    )
    return HeronVectorEnv(connection, options, check_actions)
