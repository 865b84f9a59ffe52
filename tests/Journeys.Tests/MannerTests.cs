using Minka.Web.Layout;
using Shouldly;
using Xunit;

namespace Minka.Journeys.Tests;

public sealed class MannerTests
{
    static readonly Manner Desk = new(Texts.English, 1280, true);

    [Theory]
    [InlineData("Puede postular a Programas que suman", "You may apply to Programas que suman")]
    [InlineData("La votación se cerró: aprobado.", "The voting was closed: adopted.")]
    [InlineData("Abrir la sesión: Adoptar el programa, citada para …", "Open the session: Adoptar el programa, convened for Tuesday 10 March 2026, 10:00 (Lima time)")]
    [InlineData("Las fuentes suman S/ 400 000.00: el proyecto está cubierto al céntimo.", "The sources add up to S/\u202F400\u202F000.00: the project is covered to the cent.")]
    [InlineData("Fondo de Prueba", "Fondo de Prueba")]
    public void A_text_of_the_product_is_looked_for_as_it_reads_in_English_and_a_name_as_it_is(string spanish, string english)
    {
        Desk.Find(spanish).IsMatch(english).ShouldBeTrue(Desk.Find(spanish).ToString());
        if (spanish != english) Desk.Find(spanish).IsMatch(spanish).ShouldBeFalse("what stayed in Spanish would pass");
        Manner.Phone.Find(spanish).IsMatch(spanish.Replace("…", "las 10:00", StringComparison.Ordinal)).ShouldBeTrue();
    }

    [Fact]
    public void Spanish_left_on_an_English_page_is_found() =>
        Manner.Untranslated("Sign in\nContraseña\tPassword\nAlianza por Contumazá").ShouldBe(["Contraseña"]);
}
