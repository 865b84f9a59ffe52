using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities.Prioritisation;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Planning.ParticipatoryBudget;

static class BudgetLoads
{
    public static async Task<BudgetProcess> BudgetAsync(this Work work, BudgetProcessId id, CancellationToken cancel)
    {
        var process = await work.Db.BudgetProcesses.SingleOrDefaultAsync(p => p.Id == id, cancel) ?? throw new NotFound("budget", id.Value);
        return process;
    }

    public static async Task<BudgetAgent> AgentAsync(this Work work, BudgetProcessId process, BudgetAgentId id, CancellationToken cancel) =>
        await work.Db.BudgetAgents.SingleOrDefaultAsync(a => a.Id == id && a.ProcessId == process, cancel) ?? throw new NotFound("agent", id.Value);

    public static async Task<BudgetWorkshop> WorkshopAsync(this Work work, BudgetProcessId process, BudgetWorkshopId id, CancellationToken cancel) =>
        await work.Db.BudgetWorkshops.SingleOrDefaultAsync(w => w.Id == id && w.ProcessId == process, cancel) ?? throw new NotFound("workshop", id.Value);

    public static async Task<BudgetProposal> ProposalAsync(this Work work, BudgetProcessId process, BudgetProposalId id, CancellationToken cancel) =>
        await work.Db.BudgetProposals.SingleOrDefaultAsync(p => p.Id == id && p.ProcessId == process, cancel) ?? throw new NotFound("proposal", id.Value);

    /// <summary>The agent whose slip bears the code.</summary>
    /// <exception cref="RuleBroken"><c>budget.code-unknown</c>.</exception>
    public static async Task<BudgetAgent> AgentByCodeAsync(this AppDb db, BudgetProcessId process, string? code, CancellationToken cancel) =>
        await db.BudgetAgents.SingleOrDefaultAsync(a => a.ProcessId == process && a.CodeDigest == AgentCodes.DigestOf(process, code ?? ""), cancel) ?? throw new RuleBroken(BudgetRules.CodeUnknown);

    public static DataKey KeyOf(this SealingKeys keys, BudgetProcess process) => keys.Unwrap(process.WrappedKey, KeyName(process.Id));

    public static byte[] KeyName(BudgetProcessId id) => System.Text.Encoding.ASCII.GetBytes($"budget/{id.Value:D}/documents");

    /// <summary>Voting agents who came to a workshop of priorities.</summary>
    public static async Task<int> VotersPresentAsync(this AppDb db, BudgetProcess process, CancellationToken cancel)
    {
        var team = process.Pack.TeamVotes.Value;
        return await (from a in db.BudgetAttendances
                      join w in db.BudgetWorkshops on a.WorkshopId equals w.Id
                      where w.ProcessId == process.Id && w.Kind == WorkshopKind.Priorities && w.State != WorkshopState.Cancelled
                      join g in db.BudgetAgents on a.AgentId equals g.Id
                      where g.State == AgentState.Accredited && (team || g.Kind != AgentKind.TechnicalTeam)
                      select g.Id).Distinct().CountAsync(cancel);
    }
}

/// <summary>The codes on the slips of agents and complaints: told once, kept as digests.</summary>
public static class AgentCodes
{
    internal static string New(IEntropy entropy) => Slips.New(entropy);

    /// <summary>Letters and digits count; case, blanks and dashes do not.</summary>
    public static Digest DigestOf(BudgetProcessId process, string code) =>
        Digest.Of($"budget-agent/{process.Value:D}/{string.Concat(code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit))}");

    public static string Grouped(string code) => code.Length == 10 ? $"{code[..5]} {code[5..]}" : code;
}
