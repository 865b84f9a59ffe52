namespace Minka.Core.Story;

/// <summary>One invented alliance of the story: a real province, everything else made up and marked DEMO.</summary>
/// <param name="Need">Need in basis points; two provinces share theirs, so that their tie needs a draw.</param>
/// <param name="Third">What the third reader gives where the first two diverge.</param>
/// <param name="First">What the first reader gives in total.</param>
/// <param name="Second">What the second gives.</param>
/// <param name="Scale">Times the smallest programme.</param>
sealed record CastEntity(string Province, string Place, long Population, int Need, long ResourcesPerHead, int First, int Second, int? Third, int Scale, Fate Fate = Fate.Ordinary);

enum Fate
{
    Ordinary,

    /// <summary>The holder's document is missing and stays so.</summary>
    Inadmissible,

    /// <summary>The same, cured in time.</summary>
    Cured,

    /// <summary>Withdraws before the close.</summary>
    Withdrawn,

    /// <summary>One of its readers turns out to have an interest.</summary>
    Conflict,

    /// <summary>Is awarded and declines: the reserve list is called.</summary>
    Declines,
}

static class StoryCast
{
    /// <summary>
    /// Twelve alliances in Cajamarca, Huancavelica and Puno. The figures of need and resources are invented. Azángaro is first of its league
    /// with a programme so large that two smaller ones, together with more points, stay on the reserve list: so the declared rule has a price.
    /// </summary>
    public static readonly IReadOnlyList<CastEntity> Entities =
    [
        new("0605", "Contumazá", 28_000, 4_100, 18_000, 88, 92, null, 3),
        new("0602", "Cajabamba", 75_000, 6_900, 6_000, 81, 79, null, 3, Fate.Conflict),
        new("0610", "San Marcos", 48_000, 6_400, 7_000, 75, 77, null, 2, Fate.Cured),
        new("0609", "San Ignacio", 130_000, 5_200, 9_000, 62, 84, 70, 3),
        new("0902", "Acobamba", 38_000, 7_400, 5_000, 83, 85, null, 2),
        new("0903", "Angaraes", 50_000, 7_400, 5_000, 74, 76, null, 3),
        new("0904", "Castrovirreyna", 13_000, 7_400, 5_500, 74, 76, null, 3),
        new("0907", "Tayacaja", 80_000, 6_600, 8_000, 55, 57, null, 2),
        new("2102", "Azángaro", 110_000, 5_900, 6_500, 90, 86, null, 5, Fate.Declines),
        new("2103", "Carabaya", 73_000, 5_500, 21_000, 78, 80, null, 2),
        new("2108", "Melgar", 67_000, 4_700, 16_000, 66, 70, null, 2, Fate.Withdrawn),
        new("2110", "San Antonio de Putina", 36_000, 4_900, 25_000, 71, 73, null, 2, Fate.Inadmissible),
    ];

    public static readonly IReadOnlyList<(string User, string Name)> Evaluators =
    [
        ("evaluadora-1", "Evaluadora Uno (DEMO)"), ("evaluador-2", "Evaluador Dos (DEMO)"), ("evaluadora-3", "Evaluadora Tres (DEMO)"),
        ("evaluador-4", "Evaluador Cuatro (DEMO)"), ("evaluadora-5", "Evaluadora Cinco (DEMO)"),
    ];

    public static readonly IReadOnlyList<(string Chain, string Title, string Problem, string Objective)> Works =
    [
        ("lácteos", "Riego y pastos mejorados", "Los pastos se secan seis meses al año y el hato produce poco.", "Regar 140 hectáreas de pastos y doblar la leche por vaca."),
        ("lácteos", "Centro de acopio y frío", "La leche se vende tibia y sin análisis, a mitad de precio.", "Acopiar 6 000 litros al día con calidad comprobada."),
        ("lácteos", "Marca y venta conjunta", "Cada familia vende sola y sin registro sanitario.", "Vender queso con registro y marca común en dos ciudades."),
    ];

    public static readonly IReadOnlyList<(string Group, Entities.Sector Sector, string Name)> Members =
    [
        ("provincial-government", Minka.Core.Entities.Sector.Public, "Municipalidad provincial"),
        ("producers", Minka.Core.Entities.Sector.Private, "Asociación de ganaderos"),
        ("communities", Minka.Core.Entities.Sector.Social, "Comunidad campesina alta"),
        ("district-government", Minka.Core.Entities.Sector.Public, "Municipalidad distrital del valle"),
        ("business", Minka.Core.Entities.Sector.Private, "Empresa de transportes"),
        ("women", Minka.Core.Entities.Sector.Social, "Organización de mujeres"),
        ("producers", Minka.Core.Entities.Sector.Private, "Cooperativa lechera"),
        ("youth", Minka.Core.Entities.Sector.Social, "Red de jóvenes"),
        ("district-government", Minka.Core.Entities.Sector.Public, "Municipalidad distrital de altura"),
        ("tourism", Minka.Core.Entities.Sector.Private, "Asociación de turismo"),
        ("communities", Minka.Core.Entities.Sector.Social, "Comunidad campesina baja"),
    ];
}
