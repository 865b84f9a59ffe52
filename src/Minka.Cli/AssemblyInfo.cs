using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Minka.Core.Tests")]
[assembly: InternalsVisibleTo("Minka.Observatory.Tests")]
