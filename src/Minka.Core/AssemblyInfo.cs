using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Minka.Core.Tests")]
[assembly: InternalsVisibleTo("Minka.Web.Tests")]
[assembly: InternalsVisibleTo("Minka.TestKit")]
