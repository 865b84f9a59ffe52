using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Minka.Core.Tests")]
