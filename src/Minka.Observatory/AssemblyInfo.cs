using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Minka.Observatory.Tests")]
