return await Heron.Server.HeronProgram.RunAsync(args);
