"""Spaces of the contract, and single values in packed rows."""

from __future__ import annotations

import numpy as np
import pytest
from gymnasium import spaces
from hypothesis import given
from hypothesis import strategies as st

from heron_client import UnimplementedError
from heron_client._generated import multi_agent_env_pb2 as pb
from heron_client.spaces import (
    continuous_length,
    decode_observation,
    encode_action,
    head_sizes,
    mask_for_sample,
    space_from_proto,
)

HEADS = st.lists(st.integers(1, 9), min_size=1, max_size=4)
SHAPES = st.lists(st.integers(1, 3), min_size=1, max_size=2)


@st.composite
def boxes(draw):
    shape = draw(SHAPES)
    length = int(np.prod(shape)) if draw(st.booleans()) else 1
    low = draw(st.lists(st.floats(-8, 0, width=32), min_size=length, max_size=length))
    return pb.Box(low=low, high=[value + 2 for value in low], shape=shape)


SPACES = st.one_of(
    boxes().map(lambda box: pb.Space(box=box)),
    st.integers(1, 9).map(lambda n: pb.Space(discrete=pb.Discrete(n=n))),
    HEADS.map(lambda nvec: pb.Space(multi_discrete=pb.MultiDiscrete(nvec=nvec))),
    st.integers(1, 9).map(lambda n: pb.Space(multi_binary=pb.MultiBinary(n=n))),
    st.builds(
        lambda c, nvec: pb.Space(mixed=pb.Mixed(c=c, d=pb.MultiDiscrete(nvec=nvec))),
        boxes(),
        HEADS,
    ),
)


@given(SPACES, st.integers(0, 1000))
def test_a_value_survives_the_way_through_a_row(message, seed):
    space = space_from_proto(message)
    space.seed(seed)
    value = space.sample()
    continuous = np.zeros(continuous_length(space), np.float32)
    discrete = np.zeros(len(head_sizes(space)), np.int32)
    encode_action("agent", space, value, continuous, discrete)
    back = decode_observation(space, np.concatenate([continuous, discrete.astype(np.float32)]))

    assert space.contains(back)
    if isinstance(value, dict):
        assert all(np.array_equal(value[key], back[key]) for key in "cd")
    else:
        assert np.array_equal(value, back)


@given(SPACES, st.data())
def test_samples_keep_to_a_mask(message, data):
    space = space_from_proto(message)
    sizes = head_sizes(space)
    if not sizes:
        return
    masks = [
        data.draw(st.lists(st.integers(0, 1), min_size=n, max_size=n).filter(any)) for n in sizes
    ]
    flat = np.array([allowed for mask in masks for allowed in mask], np.int8)
    value = space.sample(mask_for_sample(space, flat))
    heads = np.atleast_1d(value["d"] if isinstance(value, dict) else value)

    assert all(mask[head] for mask, head in zip(masks, heads, strict=True))


def test_bounds_may_differ_per_number():
    space = space_from_proto(pb.Space(box=pb.Box(low=[0, -1], high=[1, np.inf], shape=[2])))

    assert isinstance(space, spaces.Box)
    assert space.low.tolist() == [0, -1]
    assert space.high.tolist() == [1, np.inf]
    assert space.dtype == np.float32


def test_a_kind_from_the_future_asks_for_a_newer_client():
    with pytest.raises(UnimplementedError, match="Upgrade heron-client"):
        space_from_proto(pb.Space())
