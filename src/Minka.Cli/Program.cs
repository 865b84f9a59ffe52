using System.CommandLine;
using Minka.Cli.Verbs;

var root = new RootCommand("Minka without a browser: the same use cases, one verb each.")
{
    AuditVerb.Create(),
    VerifyVerb.Create(),
    StoryVerb.Create(),
    SelectVerb.Create(),
    ProgrammeVerb.Create(),
    SpendVerb.Create(),
    PackVerb.Create(),
    GovernVerb.Create(),
    SelfcheckVerb.Create(),
};
return await root.Parse(args).InvokeAsync();
