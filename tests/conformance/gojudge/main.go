// Gojudge reads Go source files from standard input and judges each.
//
// A file is sent as its length in bytes, a newline, and its bytes. The answer is one line:
//
//	accepted
//	lenient<TAB>reason     gofmt takes it, the language specification doesn't
//	refused<TAB>message
//
// It parses as gofmt does: go/parser with comments and without object resolution.
package main

import (
	"bufio"
	"fmt"
	"go/parser"
	"go/token"
	"io"
	"os"
	"strconv"
	"strings"
)

const gofmtMode = parser.ParseComments | parser.SkipObjectResolution

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "gojudge:", err)
		os.Exit(1)
	}
}

func run(input io.Reader, output io.Writer) error {
	reader := bufio.NewReader(input)
	writer := bufio.NewWriter(output)
	for {
		source, err := next(reader)
		if err == io.EOF {
			return writer.Flush()
		}
		if err != nil {
			return err
		}
		fmt.Fprintln(writer, judge(source))
		// An interactive caller waits for this answer before it sends the next file.
		if reader.Buffered() == 0 {
			if err := writer.Flush(); err != nil {
				return err
			}
		}
	}
}

func next(reader *bufio.Reader) ([]byte, error) {
	line, err := reader.ReadString('\n')
	if err != nil {
		return nil, err
	}
	size, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		return nil, err
	}
	source := make([]byte, size)
	_, err = io.ReadFull(reader, source)
	return source, err
}

func judge(source []byte) string {
	file, err := parser.ParseFile(token.NewFileSet(), "", source, gofmtMode)
	if err != nil {
		return "refused\t" + strings.ReplaceAll(err.Error(), "\n", " ")
	}
	if reason := leniency(file); reason != "" {
		return "lenient\t" + reason
	}
	return "accepted"
}
