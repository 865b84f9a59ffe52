using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Durability;

public sealed class PortTakenTests
{
    [Fact]
    public async Task Start_OnAPortInUse_SaysSoInOneLine_AndTouchesNoData()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var data = Path.Combine(Path.GetTempPath(), "minka-port-" + Guid.NewGuid().ToString("N"));
        using var server = Process.Start(new ProcessStartInfo("dotnet", [typeof(MinkaApp).Assembly.Location, "--data", data, "--port", port, "--empty"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var told = await server.StandardError.ReadToEndAsync();
        await server.WaitForExitAsync();
        server.ExitCode.ShouldBe(2);
        told.Trim().Split('\n').Length.ShouldBe(1);
        told.ShouldContain(port);
        told.ShouldContain("--port N");
        Directory.Exists(data).ShouldBeFalse();
    }
}
