using System.Text;
using Minka.Selection.Optimal;

namespace Minka.Selection.Tests.Optimal;

public sealed class AwardFileTests
{
    [Fact]
    public void Read_Example_IsDecided()
    {
        var task = AwardFile.Read(File.ReadAllBytes(Path.Combine(Shared.Root, "docs", "examples", "award-model.json"))).Single();
        task.ValueDecimals.ShouldBe(2);
        var model = task.Model!;
        var outcome = AwardOptimiser.Solve(model);
        outcome.Status.ShouldBe(SolveStatus.Optimal);
        AwardOptimiserTests.Levels(model, outcome).ShouldBe(SmallModels.Best(model)!.Value.Levels);
    }

    [Theory]
    [InlineData("{", "json")]
    [InlineData("[1]", "shape")]
    [InlineData("{}", "shape")]
    [InlineData("{\"proposals\":[]}", "absent")]
    [InlineData("{\"budget\":NaN,\"proposals\":[]}", "json")]
    [InlineData("{\"budget\":1.5,\"proposals\":[]}", "not-whole")]
    [InlineData("{\"budget\":\"1\",\"proposals\":[]}", "number")]
    [InlineData("{\"budget\":1e30,\"proposals\":[]}", "overflow")]
    [InlineData("{\"budget\":-1,\"proposals\":[]}", "budget-negative")]
    [InlineData("{\"budget\":1,\"budgett\":1,\"proposals\":[]}", "unknown-key")]
    [InlineData("{\"budget\":1,\"budget\":2,\"proposals\":[]}", "twice")]
    [InlineData("{\"budget\":1,\"proposals\":[{\"id\":\"a\",\"value\":1}]}", "absent")]
    [InlineData("{\"budget\":1,\"proposals\":[{\"id\":\"a\",\"amount\":-1,\"value\":1}]}", "amount-negative")]
    [InlineData("{\"budget\":1,\"proposals\":[{\"id\":\"a\",\"amount\":1,\"value\":0.12345678901}]}", "decimals")]
    [InlineData("{\"budget\":1,\"proposals\":[{\"id\":\"a\",\"amount\":1,\"value\":1}],\"prerequisites\":[{\"proposal\":\"a\",\"requires\":\"b\"}]}", "unknown-id")]
    [InlineData("[{\"name\":\"k\",\"values\":[1,2],\"weights\":[[1]],\"capacities\":[1]}]", "shape")]
    [InlineData("{\"name\":\"k\",\"resources\":[1],\"groups\":[[{\"value\":1,\"use\":[1,2]}]]}", "shape")]
    public void Read_Faulty_SaysWhat(string json, string code) =>
        Should.Throw<InvalidAwardModelException>(() =>
        {
            foreach (var task in AwardFile.Read(Encoding.UTF8.GetBytes(json)))
                AwardOptimiser.Solve(task.Model!);
        }).Code.ShouldBe(code);

    [SharedFact]
    public void Solve_GroupKnapsacks_KnownOptima()
    {
        foreach (var (file, optimum) in new[] { ("mmkp_I02", 3640L), ("mmkp_I05", 39057), ("mmkp_I06", 47993) })
        {
            var task = AwardFile.Read(File.ReadAllBytes(Path.Combine(Shared.Folder!, "samples", "mkp", file + ".json"))).Single();
            task.ValueDecimals.ShouldBeInRange(0, 1);
            var result = ExactSolver.Solve(task.Program!);
            result.Status.ShouldBe(SolveStatus.Optimal);
            (result.Objective!.Value * (task.ValueDecimals == 0 ? 10 : 1)).ShouldBe(optimum);
        }
    }

    [SharedFact]
    public void Solve_SomeOfTheKnapsacks_ReachWhatIsPublished()
    {
        var tasks = AwardFile.Read(File.ReadAllBytes(Path.Combine(Shared.Folder!, "samples", "mkp", "mknapcb1.json")));
        foreach (var (name, optimum) in new[] { ("mknapcb1#06", 25591L), ("mknapcb1#16", 42009), ("mknapcb1#28", 59453) })
        {
            var result = ExactSolver.Solve(tasks.Single(t => t.Name == name).Program!);
            result.Status.ShouldBe(SolveStatus.Optimal);
            result.Objective.ShouldBe(optimum);
            result.Canonical.ShouldBeTrue();
        }
    }
}
