namespace Minka.Core.Rules.Calendars;

public static class Easter
{
    /// <summary>Easter Sunday of the Gregorian calendar ("Nature", 20 April 1876, as given by Jones and by Meeus). Valid from 1583.</summary>
    public static DateOnly Sunday(int year)
    {
        var golden = year % 19;
        var century = year / 100;
        var rest = year % 100;
        var correction = (century - (century / 4) - ((century - ((century + 8) / 25) + 1) / 3) + (19 * golden) + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (rest / 4)) - correction - (rest % 4)) % 7;
        var shift = (golden + (11 * correction) + (22 * weekday)) / 451;
        var sum = correction + weekday - (7 * shift) + 114;
        return new(year, sum / 31, (sum % 31) + 1);
    }
}
