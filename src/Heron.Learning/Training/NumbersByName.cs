namespace Heron.Learning.Training;

/// <summary>Dictionaries for reports; they keep the order of the names.</summary>
internal static class NumbersByName
{
    /// <summary>Puts names and numbers together.</summary>
    /// <param name="names">Each once.</param>
    /// <param name="number">Takes the place of a name and gives its number.</param>
    public static IReadOnlyDictionary<string, double> Of(IEnumerable<string> names, Func<int, double> number)
    {
        var numbers = new OrderedDictionary<string, double>();
        foreach (string name in names)
        {
            numbers.Add(name, number(numbers.Count));
        }

        return numbers;
    }
}
