import Foundation
import LatentData
import Testing

@testable import LatentFormats

/// Runs a test with a directory that is removed afterwards.
func withCSVDirectory<Result>(_ body: (String) throws -> Result) throws -> Result {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent("latent-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: url) }
  return try body(url.path)
}

private func write(_ text: String, to path: String) throws {
  let file = try OutputFile(path)
  try file.write(text)
  try file.commit()
}

private func text(_ path: String) throws -> String { String(decoding: try InputFile.readWhole(path), as: UTF8.self) }

private func kind(_ body: () throws(FileError) -> Void) -> FileError.Kind? {
  do {
    try body()
    return nil
  } catch {
    return error.kind
  }
}

@Suite struct CSVFileTests {
  @Test func filesAreWrittenWholeOrNotAtAll() throws {
    try withCSVDirectory { directory in
      let path = directory + "/t.txt"
      try write("old", to: path)
      do {
        let file = try OutputFile(path)
        try file.write(String(repeating: "new", count: 100_000))
        #expect(try text(path) == "old")
      }
      #expect(try text(path) == "old")
      try write("new", to: path)
      #expect(try text(path) == "new")
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["t.txt"])
    }
  }

  @Test func packedFilesAreWrittenWholeOrNotAtAll() throws {
    try withCSVDirectory { directory in
      let path = directory + "/t.gz"
      try write("old", to: path)
      do {
        let file = try OutputFile(path)
        try file.write(String(repeating: "new", count: 100_000))
      }
      #expect(try text(path) == "old")
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["t.gz"])
    }
  }

  @Test func linksAndPermissionsStay() throws {
    try withCSVDirectory { directory in
      let (path, link) = (directory + "/t.txt", directory + "/link")
      try write("old", to: path)
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "t.txt")
      try write("new", to: link)
      #expect(try text(path) == "new")
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "t.txt")
      #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o640)

      let dangling = directory + "/dangling"
      try FileManager.default.createSymbolicLink(atPath: dangling, withDestinationPath: "made.txt")
      try write("made", to: dangling)
      #expect(try text(directory + "/made.txt") == "made")
    }
  }

  @Test func whatIsNotAFileIsWrittenDirectly() throws {
    try write("gone", to: "/dev/null")
    let null = try Descriptor.open("/dev/null", 1)
    defer { try? null.close() }
    try write("gone", to: "/dev/fd/\(null.number)")
  }

  @Test func aClosedPipeIsAnError() throws {
    let pipe = try Descriptor.pipe()
    try pipe.reading.close()
    defer { try? pipe.writing.close() }
    #expect(
      kind { () throws(FileError) in
        let file = try OutputFile("/dev/fd/\(pipe.writing.number)")
        try file.write(String(repeating: "x", count: 100_000))
        try file.commit()
      } == .readerGone)
  }

  @Test func aReaderThatGoesAwayInTheMiddleIsAnError() throws {
    let pipe = try Descriptor.pipe()
    defer { try? pipe.writing.close() }
    let reader = Thread {
      var some = [UInt8](repeating: 0, count: 1000)
      _ = try? some.withUnsafeMutableBytes { try pipe.reading.fill($0) }
      Thread.sleep(forTimeInterval: 0.02)
      try? pipe.reading.close()
    }
    reader.start()
    #expect(
      kind { () throws(FileError) in
        let file = try OutputFile("/dev/fd/\(pipe.writing.number)")
        try file.write([UInt8](repeating: 0x78, count: 1_000_000))
        try file.commit()
      } == .readerGone)
  }

  @Test func placesThatCannotBeWrittenAreSaid() throws {
    try withCSVDirectory { directory in
      for (path, sentence) in [
        (directory + "/none/t.txt", "there is no such directory; create it first"),
        (directory, "this is a directory; name a file in it"),
      ] {
        let error = #expect(throws: FileError.self) { try OutputFile(path) }
        #expect(error?.kind == .unwritable)
        #expect(error?.message == sentence)
      }
    }
  }

  @Test func filesThatCannotBeReadAreSaid() throws {
    try withCSVDirectory { directory in
      let plain = directory + "/plain.gz"
      try Data("not packed".utf8).write(to: URL(fileURLWithPath: plain))
      let cut = directory + "/cut.gz"
      try write((0..<20_000).map { "\($0 &* 7919)\n" }.joined(), to: cut)
      let whole = try Data(contentsOf: URL(fileURLWithPath: cut))
      try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: cut))
      let damaged = "gzip cannot unpack it, it is damaged, cut short or not packed; pack it again with gzip"
      let cases: [(String, FileError.Kind, String)] = [
        (directory + "/none", .unreadable, "there is no such file; check the name"),
        (directory, .unreadable, "this is a directory; name a file in it"),
        (plain, .invalid, damaged), (cut, .invalid, damaged),
      ]
      for (path, kind, sentence) in cases {
        let error = #expect(throws: FileError.self) { try InputFile.readWhole(path) }
        #expect(error?.kind == kind)
        #expect(error?.message == sentence)
      }
    }
  }

  @Test func emptyFilesAndFilesWithoutASizeAreRead() throws {
    try withCSVDirectory { directory in
      try write("", to: directory + "/empty")
      #expect(try InputFile.readWhole(directory + "/empty").isEmpty)
      #expect(kind { () throws(FileError) in _ = try CSV.inferTable(directory + "/empty") } == .invalid)
    }
  }

  @Test func textIsQuotedWhereItMustBe() throws {
    try withCSVDirectory { directory in
      let path = directory + "/t.csv"
      let file = try OutputFile(path)
      let writer = try CSVWriter(file, header: ["a;b", "c"])
      try writer.write(row: ["x,\"y\"", nil])
      try writer.write(row: [" x", "two\nlines"])
      try file.commit()
      #expect(try text(path) == "\"a;b\",c\n\"x,\"\"y\"\"\",\n\" x\",\"two\nlines\"\n")

      let single = try OutputFile(path)
      try CSV.write(header: ["a"], columns: [.numbers([0.1, .nan])], to: single)
      try single.commit()
      #expect(try text(path) == "a\n0.1\n\"\"\n")
    }
  }
}
