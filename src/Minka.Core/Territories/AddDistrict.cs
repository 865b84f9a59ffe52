using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Territories;

/// <param name="Code">In any of the forms that <see cref="Ubigeo"/> takes.</param>
public sealed record NewDistrict(string Code, string Name, long? Population);

/// <summary>Adds one district that the country pack lacks.</summary>
[UseCase]
public sealed class AddDistrict(Writer writer, Country country)
{
    /// <returns>The district's code of six digits.</returns>
    public Task<string> ExecuteAsync(NewDistrict input, Actor actor, CancellationToken cancel = default)
    {
        if (Check(input, country) is { } broken) throw broken;
        Ubigeo.TryNormalize(input.Code, out var code);
        return writer.ActAsync("district.add", actor, async work =>
        {
            if (await work.Db.TypedDistricts.AnyAsync(d => d.Code == code, cancel)) throw new RuleBroken(TerritoriesRules.CodeTaken, code);
            Add(work, code, input);
            return code;
        }, cancel: cancel);
    }

    /// <summary>What is wrong with a district by itself and against the pack; null: nothing.</summary>
    internal static RuleBroken? Check(NewDistrict input, Country country)
    {
        if (!Ubigeo.TryNormalize(input.Code, out var code)) return new(TerritoriesRules.CodeInvalid, input.Code);
        if (country.Find(code[..4]) is null) return new(TerritoriesRules.ProvinceUnknown, code, code[..4]);
        if (country.Find(code) is not null) return new(TerritoriesRules.CodeTaken, code);
        return input.Name.Trim().Length switch
        {
            0 => new(TerritoriesRules.NameMissing, code),
            > TypedDistrict.LongestName => new(TerritoriesRules.NameLong, TypedDistrict.LongestName),
            _ => input.Population is < 0 or > TypedDistrict.LargestPopulation ? new(TerritoriesRules.PopulationInvalid, input.Population) : null,
        };
    }

    internal static void Add(Work work, string code, NewDistrict input)
    {
        var district = new TypedDistrict
        {
            Code = code,
            Name = input.Name.Trim(),
            ProvinceCode = code[..4],
            Population = input.Population,
            AddedAt = work.Now,
        };
        work.Db.TypedDistricts.Add(district);
        work.Happened(new DistrictAdded(code, district.Name, district.Population));
    }
}
