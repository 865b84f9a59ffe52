using Minka.Core.Entities;
using Minka.Core.Kernel;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities;

/// <summary>Every step that is not in a table is refused.</summary>
public sealed class StateTests
{
    [Fact]
    public void Entity_ForbiddenSteps_AreRefused() => AllForbidden(CoordinationEntity.Table, 1);

    [Fact]
    public void Assembly_ForbiddenSteps_AreRefused() => AllForbidden(Assembly.Table, 6);

    [Fact]
    public void Motion_ForbiddenSteps_AreRefused() => AllForbidden(Motion.Table, 4);

    [Fact]
    public void Resolution_ForbiddenSteps_AreRefused() => AllForbidden(Resolution.Table, 3);

    [Fact]
    public void Accreditation_ForbiddenSteps_AreRefused() => AllForbidden(Minka.Core.Fund.Accreditation.Table, 8);

    static void AllForbidden<TState>(Transitions<TState> table, int allowed)
        where TState : struct, Enum
    {
        var passed = 0;
        foreach (var state in Enum.GetValues<TState>())
        {
            foreach (var verb in table.Rows.Select(r => r.Verb).Distinct())
            {
                if (table.May(state, verb))
                {
                    passed++;
                    table.Next(state, verb).ShouldNotBe(state);
                }
                else
                {
                    Should.Throw<RuleBroken>(() => table.Next(state, verb)).Code.ShouldBe("state.forbidden");
                }
            }
        }
        passed.ShouldBe(allowed);
    }
}
