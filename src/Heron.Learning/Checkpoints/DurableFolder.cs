using System.Runtime.InteropServices;
using System.Text;

namespace Heron.Learning.Checkpoints;

/// <summary>Brings the names in a folder to the disk, so that a renamed file survives a loss of power.</summary>
internal static class DurableFolder
{
    private const int ReadOnly = 0;

    /// <summary>Waits until they are there. Windows does it by itself; where a file system cannot, nothing happens.</summary>
    /// <param name="path">The folder.</param>
    public static void Flush(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int descriptor = Open(Encoding.UTF8.GetBytes(path + "\0"), ReadOnly);
        if (descriptor >= 0)
        {
            _ = Synchronize(descriptor);
            _ = Close(descriptor);
        }
    }

    // .NET opens no folders. The paths are bytes, so that nothing has to be marshalled.
    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    private static extern int Synchronize(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
