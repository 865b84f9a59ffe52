using Minka.Core.Database;
using Minka.Core.Kernel;
using Mono.Cecil;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Architecture;

public sealed class ArchitectureTests
{
    const string Root = "Minka.Core";
    const string SeededRoot = "Minka.Core.Tests.Seeded";

    // The clock, the entropy and the mail are doors with two sides each; the rest mark kinds of things for one generic reader.
    static readonly string[] Interfaces = ["ITypedId", "ITypedId`1", "IVersioned", "IAppendOnly", "IEvent", "IEventHandler`1", "IEntropy", "IMail"];

    static readonly AssemblyDefinition Core = Read(typeof(Money));
    static readonly AssemblyDefinition Seeded = Read(typeof(ArchitectureTests));
    static readonly IReadOnlySet<string> SeededEntity = new HashSet<string>(StringComparer.Ordinal) { $"{SeededRoot}.Fund.OpenFund" };

    [Fact]
    public void Contexts_UseOnlyThoseBeforeThem()
    {
        HouseRules.ContextOrder(Core, Root).ShouldBeEmpty();
        HouseRules.ContextOrder(Seeded, SeededRoot).ShouldContain(v => v.Contains("KnowsTheFund"));
    }

    [Fact]
    public void Database_KnowsKernelAndRegisterOnly()
    {
        // The registration of services is the one place that names a context.
        HouseRules.DatabaseKnowsNobody(Core, Root, "DatabaseServices").ShouldBeEmpty();
        HouseRules.DatabaseKnowsNobody(Seeded, SeededRoot).ShouldContain(v => v.Contains("KnowsTheFundToo"));
    }

    [Fact]
    public void Web_IsNamedOnlyByAccounts()
    {
        HouseRules.WebNamesOnlyIn(Core, Root, "Accounts", "Database").ShouldBeEmpty();
        HouseRules.WebNamesOnlyIn(Seeded, SeededRoot).ShouldContain(v => v.Contains("NamesTheWeb"));
    }

    [Fact]
    public void Names_SayWhatAThingIs()
    {
        HouseRules.VagueNames(Core).ShouldBeEmpty();
        HouseRules.VagueNames(Read(typeof(Web.MinkaApp))).ShouldBeEmpty();
        HouseRules.VagueNames(Seeded).ShouldContain(v => v.EndsWith("FundManager"));
    }

    [Fact]
    public void Interfaces_HaveMoreThanOneImplementation()
    {
        HouseRules.LoneInterfaces(Core, Interfaces).ShouldBeEmpty();
        HouseRules.LoneInterfaces(Seeded).ShouldContain(v => v.EndsWith("ILonely"));
    }

    [Fact]
    public void Entities_KnowNoEf()
    {
        HouseRules.EntitiesWithEf(Core, Entities()).ShouldBeEmpty();
        HouseRules.EntitiesWithEf(Seeded, SeededEntity).ShouldNotBeEmpty();
    }

    [Fact]
    public void Entities_ChangeByVerbs()
    {
        // A person is Identity's shape; the seal is the writer's own.
        HouseRules.OpenSetters(Core, Entities()).Where(s => !s.StartsWith("Minka.Core.Accounts.Person.") && !s.StartsWith("Minka.Core.Register.Seal.")).ShouldBeEmpty();
        HouseRules.OpenSetters(Seeded, SeededEntity).ShouldContain($"{SeededRoot}.Fund.OpenFund.Db");
    }

    [Fact]
    public void Engines_ReferenceTheBaseLibraryOnly()
    {
        HouseRules.References(Read(typeof(Selection.Award.AwardRanking))).ShouldBeEmpty();
        HouseRules.References(Read(typeof(Measures.Cohesion.ProgrammeCohesion)), "MathNet.Numerics").ShouldBeEmpty();
        HouseRules.References(Core).ShouldContain("Microsoft.EntityFrameworkCore");
    }

    [Fact]
    public void Core_ReadsTablesWithTheObservatorysReadersAndUsesNothingElseOfIt()
    {
        HouseRules.UsesBeyond(Core, "Minka.Observatory", "Minka.Observatory.Tables").ShouldBeEmpty();
        HouseRules.UsesBeyond(Seeded, "Minka.Observatory", "Minka.Observatory.Tables").ShouldContain(v => v.Contains("DescribesFiles") && v.EndsWith("FileKind"));
        HouseRules.References(Read(typeof(Observatory.Tables.OfficeTable)), "Minka.Measures").ShouldBeEmpty();
    }

    static IReadOnlySet<string> Entities()
    {
        using var db = new AppDb(new DbSettings(Path.GetTempPath()).ReadOptions());
        return db.Model.GetEntityTypes().Select(t => t.ClrType.FullName!).ToHashSet(StringComparer.Ordinal);
    }

    static AssemblyDefinition Read(Type type)
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(type.Assembly.Location));
        return AssemblyDefinition.ReadAssembly(type.Assembly.Location, new ReaderParameters { AssemblyResolver = resolver });
    }
}
