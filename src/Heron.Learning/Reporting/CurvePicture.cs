using System.Globalization;
using System.Security;
using System.Text;

namespace Heron.Learning.Reporting;

/// <summary>Draws curves as SVG, which browsers and editors show as they are.</summary>
public static class CurvePicture
{
    private const int Width = 800, Height = 480;
    private const int Left = 88, Right = 24, Top = 52, Bottom = 60;

    // Okabe and Ito (2008): told apart by people who see fewer colours, too.
    private static readonly string[] Colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"];

    /// <summary>Draws a picture.</summary>
    /// <param name="title">Stands above it.</param>
    /// <param name="horizontal">Label of the horizontal axis.</param>
    /// <param name="vertical">Label of the vertical axis.</param>
    /// <param name="series">The curves; without a finite point the picture says so.</param>
    /// <returns>An SVG document.</returns>
    public static string Draw(string title, string horizontal, string vertical, IReadOnlyList<CurveSeries> series)
    {
        var svg = new StringBuilder();
        Line(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" font-family=\"sans-serif\" font-size=\"13\" fill=\"#222\">");
        Line(svg, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#fff\"/>");
        Line(svg, $"<text x=\"{Left}\" y=\"28\" font-size=\"17\" font-weight=\"bold\">{Escape(title)}</text>");
        CurveSeries[] drawn = [.. series.Select(OnlyFinite).Where(curve => curve.Points.Count > 0)];
        if (drawn.Length == 0)
        {
            Line(svg, $"<text x=\"{Width / 2}\" y=\"{Height / 2}\" text-anchor=\"middle\">No episode has ended yet.</text>");
        }
        else
        {
            AddCurves(svg, horizontal, vertical, drawn);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void AddCurves(StringBuilder svg, string horizontal, string vertical, CurveSeries[] series)
    {
        CurvePoint[] all = [.. series.SelectMany(curve => curve.Points)];
        double[] heights = [.. all.SelectMany(point => new[] { point.Y, point.Low, point.High }).Where(double.IsFinite)];
        var x = new AxisScale(Math.Min(0, all.Min(point => point.X)), all.Max(point => point.X), Left, Width - Right);
        var y = new AxisScale(heights.Min(), heights.Max(), Height - Bottom, Top);
        AddAxes(svg, horizontal, vertical, x, y);
        for (int i = 0; i < series.Length; i++)
        {
            AddCurve(svg, series[i].Points, Colours[i % Colours.Length], x, y);
        }

        if (series.Length > 1)
        {
            AddLegend(svg, series);
        }
    }

    private static void AddAxes(StringBuilder svg, string horizontal, string vertical, AxisScale x, AxisScale y)
    {
        foreach (double tick in y.Ticks)
        {
            string position = Number(y.Position(tick));
            Line(svg, $"<path d=\"M{Left} {position}H{Width - Right}\" stroke=\"#ddd\"/>");
            Line(svg, $"<text x=\"{Left - 8}\" y=\"{position}\" dy=\"4\" text-anchor=\"end\">{AxisScale.Label(tick)}</text>");
        }

        foreach (double tick in x.Ticks)
        {
            string position = Number(x.Position(tick));
            Line(svg, $"<path d=\"M{position} {Height - Bottom}v5\" stroke=\"#888\"/>");
            Line(svg, $"<text x=\"{position}\" y=\"{Height - Bottom + 20}\" text-anchor=\"middle\">{AxisScale.Label(tick)}</text>");
        }

        Line(svg, $"<path d=\"M{Left} {Top}V{Height - Bottom}H{Width - Right}\" fill=\"none\" stroke=\"#888\"/>");
        Line(svg, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 14}\" text-anchor=\"middle\">{Escape(horizontal)}</text>");
        Line(svg, $"<text transform=\"translate(20 {(Top + Height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">{Escape(vertical)}</text>");
    }

    private static void AddCurve(StringBuilder svg, IReadOnlyList<CurvePoint> points, string colour, AxisScale x, AxisScale y)
    {
        CurvePoint[] band = [.. points.Where(point => double.IsFinite(point.Low) && double.IsFinite(point.High))];
        if (band.Length > 1)
        {
            IEnumerable<string> upper = band.Select(point => Place(point.X, point.High, x, y));
            IEnumerable<string> lower = band.Reverse().Select(point => Place(point.X, point.Low, x, y));
            Line(svg, $"<polygon points=\"{string.Join(' ', upper.Concat(lower))}\" fill=\"{colour}\" fill-opacity=\"0.15\"/>");
        }

        Line(svg, $"<polyline points=\"{string.Join(' ', points.Select(point => Place(point.X, point.Y, x, y)))}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-linejoin=\"round\"/>");
        if (points.Count == 1)
        {
            Line(svg, $"<circle cx=\"{Number(x.Position(points[0].X))}\" cy=\"{Number(y.Position(points[0].Y))}\" r=\"3\" fill=\"{colour}\"/>");
        }
    }

    private static void AddLegend(StringBuilder svg, CurveSeries[] series)
    {
        const int RowHeight = 20;
        int top = Height - Bottom - 10 - (RowHeight * (series.Length - 1));
        for (int i = 0; i < series.Length; i++)
        {
            int row = top + (i * RowHeight);
            Line(svg, $"<path d=\"M{Width - Right - 8} {row}h-24\" stroke=\"{Colours[i % Colours.Length]}\" stroke-width=\"3\"/>");
            Line(svg, $"<text x=\"{Width - Right - 40}\" y=\"{row}\" dy=\"4\" text-anchor=\"end\">{Escape(series[i].Name)}</text>");
        }
    }

    private static CurveSeries OnlyFinite(CurveSeries curve) =>
        curve with { Points = [.. curve.Points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))] };

    private static string Place(double horizontal, double vertical, AxisScale x, AxisScale y) => $"{Number(x.Position(horizontal))},{Number(y.Position(vertical))}";

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Escape(string text) => SecurityElement.Escape(text);

    private static void Line(StringBuilder svg, string text) => svg.Append(text).Append('\n');
}
