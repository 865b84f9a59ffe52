using System.Globalization;
using BenchmarkDotNet.Running;
using Minka.Benchmarks;

if (args is ["surge", .. var rest])
{
    await Surge.RunAsync(rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 20, rest.Length > 1 ? int.Parse(rest[1], CultureInfo.InvariantCulture) : 50);
    return 0;
}
BenchmarkSwitcher.FromAssembly(typeof(Surge).Assembly).Run(args);
return 0;
