using Minka.Core.Database;
using Npgsql;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Database;

public sealed class DbSettingsTests
{
    [Theory]
    [InlineData("Host=db;Database=minka", 200, true)]
    [InlineData("Host=db;Database=minka;Max Auto Prepare=0", 0, true)]
    [InlineData("Host=db;Database=minka;max auto prepare=7;No Reset On Close=false", 7, false)]
    public void PostgresConnection_PreparesWhatComesAgain_UnlessItIsToldOtherwise(string given, int prepared, bool isKept)
    {
        var connection = new NpgsqlConnectionStringBuilder(new DbSettings("data", given).PostgresConnection);
        (connection.MaxAutoPrepare, connection.NoResetOnClose, connection.Host, connection.Database).ShouldBe((prepared, isKept, "db", "minka"));
    }
}
