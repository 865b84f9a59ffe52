// Violations on purpose: each rule of the house must catch its own here.
#pragma warning disable CA1812, CA1052, MA0048

namespace Minka.Core.Tests.Seeded.Kernel
{
    sealed class KnowsTheFund
    {
        public Fund.OpenFund? Fund { get; set; }
    }

    sealed class NamesTheWeb
    {
        public string? Of(Microsoft.AspNetCore.Http.HttpContext context) => context.TraceIdentifier;
    }
}

namespace Minka.Core.Tests.Seeded.Fund
{
    sealed class OpenFund
    {
        public Microsoft.EntityFrameworkCore.DbContext? Db { get; set; }
    }

    sealed class FundManager;

    interface ILonely;

    sealed class Lonely : ILonely;
}

namespace Minka.Core.Tests.Seeded.Planning
{
    sealed class DescribesFiles
    {
        public int Count() => Minka.Observatory.Describing.FileKind.All.Count;
    }
}

namespace Minka.Core.Tests.Seeded.Database
{
    sealed class KnowsTheFundToo
    {
        public Fund.OpenFund? Fund { get; set; }
    }
}
