using Heron.Grpc.TestServer;

// Prints its address and runs until its standard input closes, so that it never outlives the test that started it.
await using var server = await EchoServer.StartAsync();
Console.WriteLine($"listening on {server.Address.Authority}");
await Console.In.ReadToEndAsync();
