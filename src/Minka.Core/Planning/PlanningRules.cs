using Minka.Core.Kernel;

namespace Minka.Core.Planning;

/// <summary>Codes of the rules that Planning keeps; each has its text under <c>rule.CODE</c>.</summary>
public static class PlanningRules
{
    /// <summary>Args: the field's name.</summary>
    public const string TextMissing = "planning.text-missing";

    /// <summary>Args: the field's name, the most characters.</summary>
    public const string TextLong = "planning.text-long";

    /// <summary>Args: first year, last year.</summary>
    public const string YearsReversed = "planning.years-reversed";

    /// <summary>Args: the year, the first and the last that are accepted.</summary>
    public const string YearOutOfRange = "planning.year-out-of-range";

    /// <summary>A strategy that was proposed or adopted is no longer changed: it is withdrawn or revised first.</summary>
    public const string StrategyLocked = "strategy.locked";
    public const string StrategyWithoutAxes = "strategy.without-axes";
    public const string StrategyDraftExists = "strategy.draft-exists";

    /// <summary>Args: the code.</summary>
    public const string AxisCodeTaken = "strategy.axis-code-taken";

    /// <summary>Args: the axis, how many projects hang on it.</summary>
    public const string AxisInUse = "strategy.axis-in-use";
    public const string StrategyOfAnother = "programme.strategy-of-another";

    /// <summary>Args: the code.</summary>
    public const string ProjectCodeTaken = "programme.project-code-taken";

    /// <summary>Args: the axis is not of the programme's strategy.</summary>
    public const string AxisUnknown = "programme.axis-unknown";

    /// <summary>Args: code, title. A project of a programme tells its problem and its objective.</summary>
    public const string ProjectUnwritten = "programme.project-unwritten";

    /// <summary>Args: the code, the codes of the strategy's axes.</summary>
    public const string AxisMissing = "programme.axis-missing";

    /// <summary>Args: the code.</summary>
    public const string PlaceUnknown = "programme.place-unknown";

    /// <summary>Args: the projects in their circle, joined by arrows.</summary>
    public const string Cycle = "programme.cycle";
    public const string PrecedenceUnknown = "programme.precedence-unknown";
    public const string NegativeNumber = "programme.negative-number";

    /// <summary>Args: the most that is accepted.</summary>
    public const string TooManyProjects = "programme.too-many-projects";

    /// <summary>Args: the most that is accepted.</summary>
    public const string TooManyLines = "programme.too-many-lines";
    public const string AmountNotPositive = "programme.amount-not-positive";

    /// <summary>Args: projects there are, projects asked.</summary>
    public const string TooFewProjects = "programme.too-few-projects";

    /// <summary>Args: code, title, planned cost, sum of the lines, missing amount.</summary>
    public const string ProjectGap = "programme.project-gap";

    /// <summary>Args: code, title, planned cost, sum of the lines, amount in excess.</summary>
    public const string ProjectExcess = "programme.project-excess";

    /// <summary>Args: code, title.</summary>
    public const string ProjectWithoutLines = "programme.project-without-lines";

    /// <summary>Args: code, title.</summary>
    public const string ProjectWithoutPlaces = "programme.project-without-places";

    /// <summary>Args: code, title.</summary>
    public const string ProjectWithoutBeneficiaries = "programme.project-without-beneficiaries";
    public const string NoProjectOnAxis = "programme.no-project-on-axis";

    /// <summary>Args: number of the version that says the same.</summary>
    public const string Unchanged = "programme.unchanged";

    /// <summary>Args: number of the version.</summary>
    public const string AlreadyAdopted = "programme.already-adopted";

    /// <summary>Args: what was typed.</summary>
    public const string InvestmentCodeWrong = "project.investment-code";

    /// <summary>Args: the months, the most that are accepted.</summary>
    public const string MonthsOutOfRange = "project.months";

    /// <summary>Args: the code.</summary>
    public const string PreconditionUnknown = "project.precondition-unknown";

    /// <summary>Args: the code.</summary>
    public const string GroupUnknown = "project.group-unknown";

    /// <summary>Args: points typed, the fewest, the most.</summary>
    public const string ShapePoints = "project.shape-points";

    /// <summary>Args: latitude, longitude.</summary>
    public const string ShapeOffGlobe = "project.shape-off-globe";

    /// <summary>Args: latitude, longitude: far from the country's places.</summary>
    public const string ShapeOffCountry = "project.shape-off-country";

    /// <summary>Args: the most that is accepted.</summary>
    public const string BankFull = "bank.full";

    /// <summary>The programme is of another entity than the project.</summary>
    public const string ProgrammeOfAnother = "bank.programme-of-another";

    /// <summary>Args: the code that the project has there.</summary>
    public const string AlreadyInProgramme = "bank.already-in-programme";

    /// <summary>Args: the code. Closed or discarded projects are taken into no programme.</summary>
    public const string NotAlive = "bank.not-alive";

    /// <summary>Args: the code.</summary>
    public const string NotRemovable = "bank.not-removable";

    /// <summary>Copies in other programmes are known by the first: it is given back to the bank instead.</summary>
    public const string HasCopies = "bank.has-copies";

    /// <summary>Args: the codes of the two.</summary>
    public const string MergedAlready = "bank.merged-already";

    /// <summary>Args: the code of the one that would stay behind.</summary>
    public const string MergedInProgramme = "bank.merged-in-programme";

    /// <summary>Args: the two unique codes.</summary>
    public const string TwoInvestmentCodes = "bank.two-investment-codes";

    /// <summary>Args: the districts that lie outside.</summary>
    public const string PlaceOutside = "bank.place-outside";

    /// <summary>Args: how many rows wait.</summary>
    public const string NoGoodRows = "bank.no-good-rows";

    /// <summary>Args: the most that is accepted.</summary>
    public const string TooManyCodes = "bank.too-many-codes";
    public const string NothingChosen = "bank.nothing-chosen";

    public const int MostInBank = 20_000;
    public const int LongestName = 200;
    public const int LongestText = 4_000;
    public const int MostProjects = 200;
    public const int MostLines = 40;
    public const int FirstYear = 2000;
    public const int LastYear = 2100;

    internal static string Required(string? text, string field, int longest = LongestName)
    {
        var trimmed = Optional(text, field, longest);
        return trimmed ?? throw new RuleBroken(TextMissing, field);
    }

    internal static string? Optional(string? text, string field, int longest = LongestName)
    {
        var trimmed = text?.Trim();
        if (string.IsNullOrEmpty(trimmed)) return null;
        return trimmed.Length <= longest ? trimmed : throw new RuleBroken(TextLong, field, longest);
    }

    internal static int Year(int year) =>
        year is >= FirstYear and <= LastYear ? year : throw new RuleBroken(YearOutOfRange, year, FirstYear, LastYear);
}
