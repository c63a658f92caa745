using System.Globalization;
using System.Xml.Linq;
using Heron.Learning.Reporting;

namespace Heron.Learning.Tests.Reporting;

public class CurvePictureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Draw_RisingCurve_RisesFromLeftToRight()
    {
        XElement picture = Draw(new CurveSeries("run", [new(500, -10), new(1000, 0), new(1500, 20)]));

        (double X, double Y)[] points = Points(picture.Element(Svg + "polyline")!);
        Assert.Equal(3, points.Length);
        Assert.True(points[0].X < points[1].X && points[1].X < points[2].X);
        Assert.True(points[0].Y > points[1].Y && points[1].Y > points[2].Y);
    }

    [Fact]
    public void Draw_AnyCurve_LabelsRoundNumbersAroundIt()
    {
        XElement picture = Draw(new CurveSeries("run", [new(0, -12_000), new(5000, -3_300)]));

        string[] texts = [.. picture.Elements(Svg + "text").Select(text => text.Value)];
        Assert.Contains("-12k", texts);
        Assert.Contains("5000", texts);
        Assert.Contains("environment steps", texts);
    }

    [Fact]
    public void Draw_SeveralCurves_HasALegendAndEscapesNames()
    {
        XElement picture = Draw(new CurveSeries("a < b", [new(0, 1), new(1, 2)]), new CurveSeries("other", [new(0, 2), new(1, 3)]));

        string[] texts = [.. picture.Elements(Svg + "text").Select(text => text.Value)];
        Assert.Contains("a < b", texts);
        Assert.Contains("other", texts);
        Assert.Equal(2, picture.Elements(Svg + "polyline").Select(line => line.Attribute("stroke")!.Value).Distinct().Count());
    }

    [Fact]
    public void Draw_PointsThatAreNotFinite_LeavesThemOut()
    {
        XElement picture = Draw(new CurveSeries("run", [new(0, double.NaN), new(1, 1), new(2, double.NegativeInfinity), new(3, 2)]));

        Assert.Equal(2, Points(picture.Element(Svg + "polyline")!).Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3.5)]
    public void Draw_OnePointOrFlatCurve_StaysInsideThePicture(double height)
    {
        XElement picture = Draw(new CurveSeries("run", [new(100, height)]));

        (double X, double Y) = Assert.Single(Points(picture.Element(Svg + "polyline")!));
        Assert.InRange(X, 0, 800);
        Assert.InRange(Y, 0, 480);
    }

    [Fact]
    public void Draw_WithSpread_HasABand()
    {
        XElement picture = Draw(new CurveSeries("run", [new(0, 1, 0, 2), new(1, 2, 1, 3)]));

        Assert.Equal(4, Points(picture.Element(Svg + "polygon")!).Length);
    }

    [Fact]
    public void Draw_NoPoint_SaysSo() => Assert.Contains("No episode", Draw(new CurveSeries("run", [])).Value);

    private static XElement Draw(params CurveSeries[] series) =>
        XDocument.Parse(CurvePicture.Draw("Title", "environment steps", "mean return", series)).Root!;

    private static (double X, double Y)[] Points(XElement line) =>
    [
        .. line.Attribute("points")!.Value.Split(' ').Select(point => point.Split(','))
            .Select(pair => (double.Parse(pair[0], CultureInfo.InvariantCulture), double.Parse(pair[1], CultureInfo.InvariantCulture))),
    ];
}
