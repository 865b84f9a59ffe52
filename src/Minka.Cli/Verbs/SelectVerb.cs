using System.CommandLine;

namespace Minka.Cli.Verbs;

/// <summary><c>select</c>: the selection engine on files.</summary>
static class SelectVerb
{
    public static Command Create() => new("select", "Decides elections and awards, compares rules, replays certificates.")
    {
        SelectPbVerb.Create(),
        SelectCompareVerb.Create(),
        SelectAwardVerb.Create(),
        SelectVerifyVerb.Create(),
    };
}
