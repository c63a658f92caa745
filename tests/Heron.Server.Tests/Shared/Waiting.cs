namespace Heron.Server.Tests.Shared;

/// <summary>Waits for something that another thread or process does.</summary>
public static class Waiting
{
    /// <summary>Looks again and again; gives up after a minute.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        for (int i = 0; i < 12_000; i++)
        {
            if (condition())
            {
                return;
            }

            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.Fail("It did not happen within a minute.");
    }
}
