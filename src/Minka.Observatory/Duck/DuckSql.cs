using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Minka.Observatory.Duck;

/// <summary>Text that is SQL itself, made by the program and never by a user.</summary>
/// <param name="Text">The SQL.</param>
public readonly record struct Sql(string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>
/// A statement whose values are always escaped: a string becomes a quoted literal, a list of strings a list of literals, a number its digits,
/// nothing <c>NULL</c>; only a <see cref="Sql"/> goes in as it is.
/// </summary>
[InterpolatedStringHandler]
public ref struct DuckSql
{
    private readonly StringBuilder _text;

    /// <summary>Begins a statement.</summary>
    /// <param name="literalLength">Characters of the program's own text.</param>
    /// <param name="formattedCount">Values.</param>
    public DuckSql(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + (16 * formattedCount));

    /// <summary>The program's own text.</summary>
    /// <param name="text">SQL.</param>
    public readonly void AppendLiteral(string text) => _text.Append(text);

    /// <summary>A part of the statement.</summary>
    /// <param name="sql">SQL.</param>
    public readonly void AppendFormatted(Sql sql) => _text.Append(sql.Text);

    /// <summary>A text value.</summary>
    /// <param name="value">Any text but one with a NUL.</param>
    /// <exception cref="ArgumentException">It holds a NUL.</exception>
    public readonly void AppendFormatted(string? value) => _text.Append(Literal(value));

    /// <summary>A list of text values.</summary>
    /// <param name="values">Any texts.</param>
    public readonly void AppendFormatted(IEnumerable<string> values) => _text.Append('[').AppendJoin(", ", values.Select(Literal)).Append(']');

    /// <summary>A whole number.</summary>
    /// <param name="value">The number.</param>
    public readonly void AppendFormatted(long value) => _text.Append(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A whole number or nothing.</summary>
    /// <param name="value">The number.</param>
    public readonly void AppendFormatted(long? value) => _text.Append(value?.ToString(CultureInfo.InvariantCulture) ?? "NULL");

    /// <inheritdoc/>
    public override readonly string ToString() => _text.ToString();

    /// <summary>A text as a literal of SQL.</summary>
    /// <param name="value">Any text but one with a NUL.</param>
    /// <exception cref="ArgumentException">It holds a NUL.</exception>
    public static string Literal(string? value)
    {
        if (value is null)
            return "NULL";
        if (value.Contains('\0'))
            throw new ArgumentException("A text with a NUL is no value.", nameof(value));
        return $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
    }
}
