using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Planning;
using Minka.Web.Access;

namespace Minka.Web.Screens.Planning.Versions;

[May(Role.Manager, Role.Secretary)]
public sealed class ProposeModel(AppDb db, ProposeToAssembly propose) : VersionScreen(db)
{
    public MotionInput Motion { get; private set; } = null!;

    public AssemblyChoices Assemblies { get; private set; } = null!;

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Motion = PlanningMotions.Of(Version);
        Assemblies = await AssemblyChoices.OfAsync(Db, T, Entity);
    }

    public async Task<IActionResult> OnPostAsync(Guid? assembly)
    {
        await LoadAsync();
        if (assembly is not { } chosen)
        {
            Fault("assembly", "planning.assembly.choose");
            return await AgainAsync();
        }
        await propose.ExecuteAsync(Programme.Id, Version.Id, new(chosen), Actor);
        Say("planning.proposed");
        return Redirect($"/asambleas/{chosen}");
    }
}
