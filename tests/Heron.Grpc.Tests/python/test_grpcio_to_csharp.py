"""grpcio against the C# server: the same behaviours as the C# tests beside this folder show."""

import asyncio
import os
import uuid

import grpc
import pytest

# Generous: no test measures time, and the machine may be busy.
TIMEOUT = 120
MEBIBYTE = 1024 * 1024
BYTES = bytes([0, 1, 2, 127, 128, 255])
SENT = (("echo-text", "first"), ("echo-text", "second"), ("echo-bytes-bin", BYTES), ("other", "no"))


def new_name():
    return str(uuid.uuid4())


def values(metadata, key):
    """All values of a key; HTTP allows a peer to join texts with a comma."""
    return [
        part if isinstance(value, bytes) else part.strip()
        for found, value in metadata
        if found == key
        for part in ([value] if isinstance(value, bytes) else value.split(","))
    ]


def wait_for(echo, pb, name, point):
    echo.Await(pb.AwaitRequest(text=name, point=point), timeout=TIMEOUT)


class TestCallKinds:
    def test_unary(self, echo, pb):
        assert echo.Unary(pb.EchoRequest(text="a"), timeout=TIMEOUT).text == "a"

    def test_client_streaming(self, echo, pb):
        requests = (pb.EchoRequest(text=text) for text in "abc")
        assert echo.Collect(requests, timeout=TIMEOUT).text == "abc"

    def test_server_streaming(self, echo, pb):
        replies = echo.Expand(pb.EchoRequest(text="n", repeat=3), timeout=TIMEOUT)
        assert [reply.text for reply in replies] == ["n0", "n1", "n2"]

    def test_duplex_streaming(self, echo, pb):
        requests = (pb.EchoRequest(text=str(turn)) for turn in range(10))
        assert [reply.text for reply in echo.Chat(requests, timeout=TIMEOUT)] == [
            str(turn) for turn in range(10)
        ]

    def test_kind_seen_by_the_server_interceptor(self, echo, pb):
        _, unary = echo.Unary.with_call(pb.EchoRequest(), timeout=TIMEOUT)
        _, collect = echo.Collect.with_call(iter([]), timeout=TIMEOUT)
        expand = echo.Expand(pb.EchoRequest(), timeout=TIMEOUT)
        chat = echo.Chat(iter([]), timeout=TIMEOUT)
        assert list(expand) == []
        assert list(chat) == []
        calls = (unary, collect, expand, chat)
        kinds = [kind for call in calls for kind in values(call.trailing_metadata(), "call-kind")]
        assert kinds == ["unary", "client-streaming", "server-streaming", "duplex-streaming"]


class TestCancellation:
    def test_deadline(self, echo, pb):
        name = new_name()
        with pytest.raises(grpc.RpcError) as error:
            echo.Unary(pb.EchoRequest(text=name, behaviour=pb.WAIT), timeout=0.5)
        assert error.value.code() == grpc.StatusCode.DEADLINE_EXCEEDED
        wait_for(echo, pb, name, pb.CANCELLED)

    def test_deadline_is_seen_by_the_server(self, echo, pb):
        reply = echo.Unary(pb.EchoRequest(), timeout=3600)
        # grpcio sends few digits, rounded up: an hour may arrive as 361 times 10 s.
        assert 1800 < reply.deadline_seconds <= 1.01 * 3600
        assert echo.Unary(pb.EchoRequest()).deadline_seconds == 0

    def test_client_cancels_unary(self, echo, pb):
        name = new_name()
        call = echo.Unary.future(pb.EchoRequest(text=name, behaviour=pb.WAIT))
        wait_for(echo, pb, name, pb.STARTED)
        assert call.cancel()
        assert call.code() == grpc.StatusCode.CANCELLED
        wait_for(echo, pb, name, pb.CANCELLED)

    def test_client_cancels_stream(self, echo, pb):
        name = new_name()
        call = echo.Chat(iter([pb.EchoRequest(text=name, behaviour=pb.WAIT)]))
        wait_for(echo, pb, name, pb.STARTED)
        call.cancel()
        with pytest.raises(grpc.RpcError) as error:
            next(call)
        assert error.value.code() == grpc.StatusCode.CANCELLED
        wait_for(echo, pb, name, pb.CANCELLED)

    def test_server_ends_while_the_client_may_write(self, echo, pb):
        code = grpc.StatusCode.CANCELLED.value[0]
        failing = pb.EchoRequest(behaviour=pb.FAIL_WITH_STATUS, status_code=code)

        def requests():
            while True:
                yield failing

        with pytest.raises(grpc.RpcError) as error:
            list(echo.Chat(requests(), timeout=TIMEOUT))
        assert error.value.code() == grpc.StatusCode.CANCELLED
        assert error.value.details() == "as asked"


class TestMetadata:
    def test_unary_headers_and_trailers(self, echo, pb):
        _, call = echo.Unary.with_call(pb.EchoRequest(), metadata=SENT, timeout=TIMEOUT)
        for metadata in (call.initial_metadata(), call.trailing_metadata()):
            assert values(metadata, "echo-text") == ["first", "second"]
            assert values(metadata, "echo-bytes-bin") == [BYTES]
            assert values(metadata, "other") == []

    def test_headers_arrive_before_the_stream_ends(self, echo, pb):
        request = pb.EchoRequest(text=new_name(), behaviour=pb.WAIT)
        call = echo.Expand(request, metadata=SENT, timeout=TIMEOUT)
        assert values(call.initial_metadata(), "echo-bytes-bin") == [BYTES]
        call.cancel()


@pytest.mark.parametrize(
    ("algorithm", "encoding"),
    [(grpc.Compression.Gzip, "gzip"), (grpc.Compression.Deflate, "deflate")],
)
class TestCompression:
    def test_request(self, echo, pb, algorithm, encoding):
        before = echo.GetCounts(pb.CountsRequest(), timeout=TIMEOUT)
        request = pb.EchoRequest(payload=bytes(100_000))
        reply = echo.Unary(request, compression=algorithm, timeout=TIMEOUT)
        after = echo.GetCounts(pb.CountsRequest(), timeout=TIMEOUT)
        assert reply.request_encoding == encoding
        assert reply.payload == request.payload
        assert after.decompressed[encoding] == before.decompressed[encoding] + 1

    def test_reply(self, echo, pb, algorithm, encoding):
        before = echo.GetCounts(pb.CountsRequest(), timeout=TIMEOUT)
        request = pb.EchoRequest(payload=bytes(100_000), reply_encoding=encoding)
        reply = echo.Unary(request, timeout=TIMEOUT)
        after = echo.GetCounts(pb.CountsRequest(), timeout=TIMEOUT)
        assert reply.payload == request.payload
        assert after.compressed[encoding] == before.compressed[encoding] + 1


class TestMessageSize:
    RAISED = (
        ("grpc.max_receive_message_length", 64 * MEBIBYTE),
        ("grpc.max_send_message_length", 64 * MEBIBYTE),
    )

    def test_sixteen_mebibytes_both_ways(self, stubs, pb, open_channel):
        payload = os.urandom(16 * MEBIBYTE)
        echo = stubs[1].EchoStub(open_channel(*self.RAISED))
        assert echo.Unary(pb.EchoRequest(payload=payload), timeout=TIMEOUT).payload == payload

    def test_request_over_the_limit_of_the_server(self, stubs, pb, open_channel):
        echo = stubs[1].EchoStub(open_channel(*self.RAISED))
        with pytest.raises(grpc.RpcError) as error:
            echo.Unary(pb.EchoRequest(payload=bytes(20 * MEBIBYTE + 1)), timeout=TIMEOUT)
        assert error.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED

    def test_reply_over_the_limit_of_the_client(self, echo, pb):
        with pytest.raises(grpc.RpcError) as error:
            echo.Unary(pb.EchoRequest(reply_bytes=5 * MEBIBYTE), timeout=TIMEOUT)
        assert error.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED


class TestErrors:
    @pytest.mark.parametrize(
        "code",
        [
            grpc.StatusCode.INVALID_ARGUMENT,
            grpc.StatusCode.NOT_FOUND,
            grpc.StatusCode.FAILED_PRECONDITION,
            grpc.StatusCode.ABORTED,
            grpc.StatusCode.UNAUTHENTICATED,
        ],
    )
    def test_status_detail_and_trailers(self, echo, pb, code):
        request = pb.EchoRequest(behaviour=pb.FAIL_WITH_STATUS, status_code=code.value[0])
        with pytest.raises(grpc.RpcError) as error:
            echo.Unary(request, timeout=TIMEOUT)
        assert (error.value.code(), error.value.details()) == (code, "as asked")
        assert values(error.value.trailing_metadata(), "reason") == ["asked"]
        assert values(error.value.trailing_metadata(), "reason-bin") == [bytes([0, 1, 254, 255])]

    def test_replies_arrive_before_the_error(self, echo, pb):
        code = grpc.StatusCode.OUT_OF_RANGE
        request = pb.EchoRequest(
            text="n", repeat=2, behaviour=pb.FAIL_WITH_STATUS, status_code=code.value[0]
        )
        call = echo.Expand(request, timeout=TIMEOUT)
        assert [next(call).text, next(call).text] == ["n0", "n1"]
        with pytest.raises(grpc.RpcError) as error:
            next(call)
        assert error.value.code() == code

    def test_exception_of_the_handler_keeps_its_secret(self, echo, pb):
        with pytest.raises(grpc.RpcError) as error:
            echo.Unary(pb.EchoRequest(behaviour=pb.THROW), timeout=TIMEOUT)
        assert error.value.code() == grpc.StatusCode.UNKNOWN
        assert "secret" not in error.value.details()

    def test_declared_but_unwritten_method(self, echo, pb):
        with pytest.raises(grpc.RpcError) as error:
            echo.Unwritten(pb.EchoRequest(), timeout=TIMEOUT)
        assert error.value.code() == grpc.StatusCode.UNIMPLEMENTED

    @pytest.mark.parametrize(
        "path", ["/heron.grpc.tests.v1.Echo/Nonsense", "/heron.grpc.tests.v1.Nobody/Unary"]
    )
    def test_unknown_method_or_service(self, open_channel, path):
        call = open_channel().unary_unary(path)
        with pytest.raises(grpc.RpcError) as error:
            call(b"", timeout=TIMEOUT)
        assert error.value.code() == grpc.StatusCode.UNIMPLEMENTED


class AddHeader(grpc.UnaryUnaryClientInterceptor):
    """Sends a header more with every unary call."""

    def intercept_unary_unary(self, continuation, client_call_details, request):
        details = client_call_details._replace(metadata=(("echo-added", "yes"),))
        return continuation(details, request)


def test_client_interceptor_adds_a_header(stubs, pb, open_channel):
    echo = stubs[1].EchoStub(grpc.intercept_channel(open_channel(), AddHeader()))
    _, call = echo.Unary.with_call(pb.EchoRequest(), timeout=TIMEOUT)
    assert values(call.initial_metadata(), "echo-added") == ["yes"]


def test_thousand_open_streams_on_one_connection(stubs, own_server):
    pb, pb_grpc = stubs

    async def run():
        options = [("grpc.enable_http_proxy", 0)]
        async with grpc.aio.insecure_channel(own_server.address, options=options) as channel:
            echo = pb_grpc.EchoStub(channel)
            calls = [echo.Chat(timeout=TIMEOUT) for _ in range(1000)]

            async def turn(index, call, text):
                await call.write(pb.EchoRequest(text=text))
                reply = await call.read()
                assert reply.text == text, f"stream {index}"

            # Two rounds: after the first one every stream is open at the same time.
            for number in range(2):
                await asyncio.gather(
                    *(turn(index, call, f"{number}:{index}") for index, call in enumerate(calls))
                )
            counts = await echo.GetCounts(pb.CountsRequest(), timeout=TIMEOUT)
            await asyncio.gather(*(call.done_writing() for call in calls))
            ends = await asyncio.gather(*(call.read() for call in calls))
            assert all(end is grpc.aio.EOF for end in ends)
            return counts.connections

    assert asyncio.run(run()) == 1
