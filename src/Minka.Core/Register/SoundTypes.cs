namespace Minka.Core.Register;

/// <summary>Short recordings that browsers play, told by the bytes themselves.</summary>
public static class SoundTypes
{
    public const string Mpeg = "audio/mpeg";
    public const string Ogg = "audio/ogg";
    public const string Mp4 = "audio/mp4";
    public const string Wav = "audio/wav";
    public const string Webm = "audio/webm";

    public static IReadOnlyCollection<string> All { get; } = [Mpeg, Ogg, Mp4, Wav, Webm];

    /// <summary>The media type, or null for what is no recording.</summary>
    public static string? Of(ReadOnlySpan<byte> file) =>
        file.Length < 16 ? null
        : file.StartsWith("ID3"u8) || IsFrame(file) ? Mpeg
        : file.StartsWith("OggS\0"u8) ? Ogg
        : file.StartsWith("RIFF"u8) && file[8..].StartsWith("WAVE"u8) ? Wav
        : file[4..].StartsWith("ftyp"u8) && IsBrand(file.Slice(8, 4)) ? Mp4
        : file.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]) && file[..Math.Min(64, file.Length)].IndexOf("webm"u8) > 0 ? Webm
        : null;

    // A frame of MPEG audio, layer III: eleven bits set, then version, layer, and neither a free nor a bad rate.
    static bool IsFrame(ReadOnlySpan<byte> file) => file[0] == 0xFF && (file[1] & 0xE6) == 0xE2 && (file[1] & 0x18) != 0x08 && (file[2] & 0xF0) is not (0x00 or 0xF0);

    static bool IsBrand(ReadOnlySpan<byte> brand) => brand.SequenceEqual("M4A "u8) || brand.SequenceEqual("mp42"u8) || brand.SequenceEqual("mp41"u8) || brand.SequenceEqual("isom"u8) || brand.SequenceEqual("iso2"u8) || brand.StartsWith("3gp"u8);
}
