using System.Collections;

namespace Grpc.Core;

/// <summary>Headers or trailers of a call: an ordered list of entries in which a key may occur more than once.</summary>
public sealed class Metadata : IList<Metadata.Entry>
{
    /// <summary>Ending of every key whose value is binary.</summary>
    public const string BinaryHeaderSuffix = "-bin";

    /// <summary>Metadata without entries that cannot be changed.</summary>
    public static readonly Metadata Empty = new() { IsReadOnly = true };

    private readonly List<Entry> _entries = [];

    /// <summary>Creates metadata without entries.</summary>
    public Metadata()
    {
    }

    /// <summary>Number of entries.</summary>
    public int Count => _entries.Count;

    /// <summary>Whether changing the list throws.</summary>
    public bool IsReadOnly { get; private init; }

    /// <summary>The entry at an index from 0 to <see cref="Count"/> - 1.</summary>
    /// <param name="index">Position in the list.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such index.</exception>
    /// <exception cref="ArgumentNullException">The new entry is null.</exception>
    /// <exception cref="InvalidOperationException">The list is read-only and was to be set.</exception>
    public Entry this[int index]
    {
        get => _entries[index];
        set => Changeable(value)[index] = value;
    }

    /// <summary>The last entry with a key.</summary>
    /// <param name="key">Key, in any case.</param>
    /// <returns>The entry, or null when there is none.</returns>
    public Entry? Get(string key) => _entries.FindLast(entry => entry.KeyEquals(key));

    /// <summary>Text of the last entry with a key.</summary>
    /// <param name="key">Key, in any case.</param>
    /// <returns>The text, or null when there is no such entry.</returns>
    /// <exception cref="InvalidOperationException">The entry is binary.</exception>
    public string? GetValue(string key) => Get(key)?.Value;

    /// <summary>Bytes of the last entry with a key.</summary>
    /// <param name="key">Key, in any case.</param>
    /// <returns>The bytes, or null when there is no such entry.</returns>
    public byte[]? GetValueBytes(string key) => Get(key)?.ValueBytes;

    /// <summary>Every entry with a key, in order.</summary>
    /// <param name="key">Key, in any case.</param>
    /// <returns>The entries; none when the key is absent.</returns>
    public IEnumerable<Entry> GetAll(string key) => _entries.Where(entry => entry.KeyEquals(key));

    /// <summary>Appends an entry.</summary>
    /// <param name="item">Entry.</param>
    /// <exception cref="ArgumentNullException">The entry is null.</exception>
    /// <exception cref="InvalidOperationException">The list is read-only.</exception>
    public void Add(Entry item) => Changeable(item).Add(item);

    /// <summary>Appends a text entry.</summary>
    /// <param name="key">Key, without the ending <c>-bin</c>.</param>
    /// <param name="value">ASCII text.</param>
    /// <exception cref="ArgumentException">The key is not valid, or ends in <c>-bin</c>.</exception>
    /// <exception cref="InvalidOperationException">The list is read-only.</exception>
    public void Add(string key, string value) => Add(new Entry(key, value));

    /// <summary>Appends a binary entry.</summary>
    /// <param name="key">Key, with the ending <c>-bin</c>.</param>
    /// <param name="valueBytes">Bytes; copied.</param>
    /// <exception cref="ArgumentException">The key is not valid, or does not end in <c>-bin</c>.</exception>
    /// <exception cref="InvalidOperationException">The list is read-only.</exception>
    public void Add(string key, byte[] valueBytes) => Add(new Entry(key, valueBytes));

    /// <summary>Inserts an entry.</summary>
    /// <param name="index">Position from 0 to <see cref="Count"/>.</param>
    /// <param name="item">Entry.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such index.</exception>
    /// <exception cref="ArgumentNullException">The entry is null.</exception>
    /// <exception cref="InvalidOperationException">The list is read-only.</exception>
    public void Insert(int index, Entry item) => Changeable(item).Insert(index, item);

    /// <summary>Removes the first occurrence of an entry.</summary>
    /// <param name="item">Entry, compared by reference.</param>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="InvalidOperationException">The list is read-only.</exception>
    public bool Remove(Entry item) => Changeable().Remove(item);

    /// <summary>Removes the entry at an index.</summary>
    /// <param name="index">Position in the list.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such index.</exception>
    /// <exception cref="InvalidOperationException">The list is read-only.</exception>
    public void RemoveAt(int index) => Changeable().RemoveAt(index);

    /// <summary>Removes all entries.</summary>
    /// <exception cref="InvalidOperationException">The list is read-only.</exception>
    public void Clear() => Changeable().Clear();

    /// <summary>Position of an entry.</summary>
    /// <param name="item">Entry, compared by reference.</param>
    /// <returns>The index, or -1.</returns>
    public int IndexOf(Entry item) => _entries.IndexOf(item);

    /// <summary>Whether an entry is in the list.</summary>
    /// <param name="item">Entry, compared by reference.</param>
    /// <returns>True when it is.</returns>
    public bool Contains(Entry item) => _entries.Contains(item);

    /// <summary>Copies all entries into an array.</summary>
    /// <param name="array">Target.</param>
    /// <param name="arrayIndex">Index of the first entry in the target.</param>
    /// <exception cref="ArgumentException">The target is too short.</exception>
    public void CopyTo(Entry[] array, int arrayIndex) => _entries.CopyTo(array, arrayIndex);

    /// <summary>The entries in order.</summary>
    /// <returns>Their enumerator.</returns>
    public IEnumerator<Entry> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private List<Entry> Changeable(Entry added)
    {
        ArgumentNullException.ThrowIfNull(added);
        return Changeable();
    }

    private List<Entry> Changeable() => IsReadOnly
        ? throw new InvalidOperationException("This metadata is read-only; create a new Metadata to add entries.")
        : _entries;

    /// <summary>One key with a text or a binary value.</summary>
    public class Entry
    {
        private readonly string? _value;
        private readonly byte[]? _valueBytes;

        /// <summary>Creates a binary entry.</summary>
        /// <param name="key">Letters, digits, '.', '_' and '-', with the ending <c>-bin</c>; stored in lower case.</param>
        /// <param name="valueBytes">Bytes; copied.</param>
        /// <exception cref="ArgumentNullException">An argument is null.</exception>
        /// <exception cref="ArgumentException">The key is not valid, or does not end in <c>-bin</c>.</exception>
        public Entry(string key, byte[] valueBytes)
        {
            ArgumentNullException.ThrowIfNull(valueBytes);
            Key = MetadataKey.Normalize(key);
            if (!MetadataKey.IsBinary(Key))
            {
                throw new ArgumentException($"Metadata key '{key}' of a binary value must end in '{BinaryHeaderSuffix}'.", nameof(key));
            }

            _valueBytes = (byte[])valueBytes.Clone();
        }

        /// <summary>Creates a text entry.</summary>
        /// <param name="key">Letters, digits, '.', '_' and '-', without the ending <c>-bin</c>; stored in lower case.</param>
        /// <param name="value">ASCII text.</param>
        /// <exception cref="ArgumentNullException">An argument is null.</exception>
        /// <exception cref="ArgumentException">The key is not valid, or ends in <c>-bin</c>.</exception>
        public Entry(string key, string value)
        {
            ArgumentNullException.ThrowIfNull(value);
            Key = MetadataKey.Normalize(key);
            if (MetadataKey.IsBinary(Key))
            {
                throw new ArgumentException($"Metadata key '{key}' ends in '{BinaryHeaderSuffix}', so that its value must be bytes, not text.", nameof(key));
            }

            _value = value;
        }

        /// <summary>Key in lower case.</summary>
        public string Key { get; }

        /// <summary>Whether the value is binary, which is to say that the key ends in <c>-bin</c>.</summary>
        public bool IsBinary => _value is null;

        /// <summary>The text of a text entry.</summary>
        /// <exception cref="InvalidOperationException">The entry is binary.</exception>
        public string Value => _value
            ?? throw new InvalidOperationException($"Metadata entry '{Key}' is binary: read ValueBytes, not Value.");

        /// <summary>A copy of the bytes; of a text entry its ASCII bytes.</summary>
        public byte[] ValueBytes => _valueBytes is null
            ? System.Text.Encoding.ASCII.GetBytes(_value!)
            : (byte[])_valueBytes.Clone();

        /// <summary>Key and value for logs.</summary>
        /// <returns>One line.</returns>
        public override string ToString() => IsBinary
            ? $"[Entry: key={Key}, valueBytes={Convert.ToBase64String(_valueBytes!)}]"
            : $"[Entry: key={Key}, value={_value}]";

        internal bool KeyEquals(string key) => string.Equals(Key, key, StringComparison.OrdinalIgnoreCase);
    }
}
