using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Minka.Core.Tests")]
[assembly: InternalsVisibleTo("Minka.Web.Tests")]
[assembly: InternalsVisibleTo("Minka.Journeys.Tests")]
[assembly: InternalsVisibleTo("Minka.TestKit")]
