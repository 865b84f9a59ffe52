using System.CommandLine;

namespace Minka.Cli.Verbs;

/// <summary><c>select</c>: the selection library from the command line, on files.</summary>
static class SelectVerb
{
    public static Command Create() => new("select", "Elections, awards and envelopes from a file, with their reasons; compares rules, replays certificates.")
    {
        SelectPbVerb.Create(),
        SelectCompareVerb.Create(),
        SelectAwardVerb.Create(),
        SelectEnvelopeVerb.Create(),
        SelectVerifyVerb.Create(),
    };
}
