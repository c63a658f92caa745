using System.Text;
using Heron.Learning.Reporting;

namespace Heron.Learning.Tests.Reporting;

public class MaskedCrc32CTests
{
    // "123456789" has the CRC-32C 0xE3069283; rotated right by 15 bits, plus 0xA282EAD8: 0xC78AB0E5.
    [Fact]
    public void Of_CheckString_IsItsMaskedChecksum() => Assert.Equal(0xC78AB0E5, MaskedCrc32C.Of(Encoding.ASCII.GetBytes("123456789")));

    [Fact]
    public void Of_EightZeroBytes_IsTheirMaskedChecksum() => Assert.Equal(0x07980329u, MaskedCrc32C.Of(new byte[8]));
}
