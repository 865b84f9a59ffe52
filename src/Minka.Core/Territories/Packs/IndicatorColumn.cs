namespace Minka.Core.Territories.Packs;

/// <summary>A column of a pack's file that holds an indicator.</summary>
sealed record IndicatorColumn(string Column, string Key, string Name, string Unit, int? Year, IndicatorKind Kind)
{
    public string? NameEn { get; init; }

    public string? UnitEn { get; init; }

    /// <summary>The columns that Peruvian packs have; a pack's manifest may describe others by its own <c>indicators</c>.</summary>
    public static IReadOnlyList<IndicatorColumn> Known { get; } =
    [
        new("poblacion", "population-2025", "Población 2025", "personas", 2025, IndicatorKind.Count) { NameEn = "Population 2025", UnitEn = "people" },
        new("poblacion_2025", "population-2025", "Población 2025", "personas", 2025, IndicatorKind.Count) { NameEn = "Population 2025", UnitEn = "people" },
        new("superficie_km2", "area", "Superficie", "km²", null, IndicatorKind.Amount) { NameEn = "Area" },
        new("altitud_m", "altitude", "Altitud de la capital", "m s. n. m.", null, IndicatorKind.Rate) { NameEn = "Altitude of the capital", UnitEn = "m above sea level" },
        new("pobreza_total_2018", "poverty-2018", "Pobreza total 2018", "%", 2018, IndicatorKind.Percent) { NameEn = "Total poverty 2018" },
        new("pobreza_extrema_2013", "extreme-poverty-2013", "Pobreza extrema 2013", "%", 2013, IndicatorKind.Percent) { NameEn = "Extreme poverty 2013" },
        // INEI publishes poverty of 2020 for groups of departments; every department of a group carries the group's value.
        new("pobreza_total_2020", "poverty-group-2020", "Pobreza total 2020 (valor del grupo de departamentos)", "%", 2020, IndicatorKind.Percent) { NameEn = "Total poverty 2020 (value of the group of departments)" },
        new("pobreza_extrema_2020", "extreme-poverty-group-2020", "Pobreza extrema 2020 (valor del grupo de departamentos)", "%", 2020, IndicatorKind.Percent) { NameEn = "Extreme poverty 2020 (value of the group of departments)" },
        new("idh_2019", "hdi-2019", "Índice de desarrollo humano 2019", "índice", 2019, IndicatorKind.Index) { NameEn = "Human development index 2019", UnitEn = "index" },
        new("indice_vulnerabilidad_alimentaria", "food-vulnerability", "Vulnerabilidad a la inseguridad alimentaria", "índice", null, IndicatorKind.Index) { NameEn = "Vulnerability to food insecurity", UnitEn = "index" },
        new("densidad_estado_ide", "state-density", "Índice de densidad del Estado", "índice", null, IndicatorKind.Index) { NameEn = "State density index", UnitEn = "index" },
        new("ide", "state-density", "Índice de densidad del Estado", "índice", null, IndicatorKind.Index) { NameEn = "State density index", UnitEn = "index" },
    ];

    /// <summary>The columns of files with one row a territory and year; the year comes from the row.</summary>
    public static IReadOnlyList<IndicatorColumn> KnownByYear { get; } =
    [
        new("idh", "hdi", "Índice de desarrollo humano", "índice", null, IndicatorKind.Index) { NameEn = "Human development index", UnitEn = "index" },
        new("esperanza_vida", "life-expectancy", "Esperanza de vida al nacer", "años", null, IndicatorKind.Rate) { NameEn = "Life expectancy at birth", UnitEn = "years" },
        new("pct_poblacion_secundaria", "secondary-education", "Población con educación secundaria", "%", null, IndicatorKind.Percent) { NameEn = "Population with secondary education" },
        new("anios_educacion", "schooling", "Años de educación", "años", null, IndicatorKind.Rate) { NameEn = "Years of schooling", UnitEn = "years" },
        new("ingreso_familiar_pc", "family-income", "Ingreso familiar por persona", "S/ al mes", null, IndicatorKind.Rate) { NameEn = "Family income per person", UnitEn = "S/ a month" },
    ];
}
