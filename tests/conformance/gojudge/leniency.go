package main

import (
	"go/ast"
	"go/token"
	"strconv"
	"strings"
	"unicode"
)

// leniency names the first form in file that go/parser takes and the specification doesn't,
// or is empty. Only matters of syntax count, never types or scopes.
func leniency(file *ast.File) string {
	checker := &checker{typeSwitches: map[*ast.TypeAssertExpr]bool{}}
	if file.Name.Name == "_" {
		checker.report("the package name is _")
	}
	for _, declaration := range file.Decls {
		checker.declaration(declaration)
	}
	return checker.reason
}

type checker struct {
	reason       string
	typeSwitches map[*ast.TypeAssertExpr]bool
}

func (c *checker) report(reason string) {
	if c.reason == "" {
		c.reason = reason
	}
}

func (c *checker) declaration(declaration ast.Decl) {
	switch d := declaration.(type) {
	case *ast.GenDecl:
		for index, spec := range d.Specs {
			c.spec(d, index, spec)
		}
	case *ast.FuncDecl:
		if d.Recv != nil {
			c.receiver(d.Recv)
		}
		c.fields(d.Type.TypeParams, true)
		c.signature(d.Type)
		c.statement(d.Body)
	}
}

func (c *checker) spec(declaration *ast.GenDecl, index int, spec ast.Spec) {
	switch s := spec.(type) {
	case *ast.ImportSpec:
		c.importPath(s.Path.Value)
	case *ast.ValueSpec:
		if declaration.Tok == token.CONST && len(s.Values) == 0 && (index == 0 || s.Type != nil) {
			c.report("a constant has no value")
		}
		if s.Type != nil {
			c.typ(s.Type)
		}
		c.values(s.Values)
	case *ast.TypeSpec:
		c.fields(s.TypeParams, true)
		c.typ(s.Type)
	}
}

// importPath applies the specification's "implementation restriction".
func (c *checker) importPath(literal string) {
	path, err := strconv.Unquote(literal)
	bad := func(r rune) bool {
		return strings.ContainsRune("!\"#$%&'()*,:;<=>?[\\]^`{|}\uFFFD", r) ||
			!unicode.IsGraphic(r) || unicode.IsSpace(r)
	}
	if err != nil || path == "" || strings.IndexFunc(path, bad) >= 0 || literal[1:len(literal)-1] != path {
		c.report("an import path has unusual characters")
	}
}

func (c *checker) receiver(receiver *ast.FieldList) {
	if len(receiver.List) != 1 || len(receiver.List[0].Names) > 1 {
		c.report("a method doesn't have one receiver")
		return
	}
	base := ast.Unparen(receiver.List[0].Type)
	if star, ok := base.(*ast.StarExpr); ok {
		base = ast.Unparen(star.X)
	}
	parameters := []ast.Expr{}
	switch b := base.(type) {
	case *ast.IndexExpr:
		base, parameters = b.X, []ast.Expr{b.Index}
	case *ast.IndexListExpr:
		base, parameters = b.X, b.Indices
	}
	for _, name := range append(parameters, base) {
		if _, ok := name.(*ast.Ident); !ok {
			c.report("a receiver isn't of the form T, *T or T[P]")
		}
	}
}

func (c *checker) signature(function *ast.FuncType) {
	c.fields(function.Params, false)
	c.fields(function.Results, false)
}

func (c *checker) fields(list *ast.FieldList, constraints bool) {
	if list == nil {
		return
	}
	for _, field := range list.List {
		if constraints {
			c.constraint(field.Type)
		} else {
			c.typ(field.Type)
		}
	}
}

func (c *checker) constraint(expression ast.Expr) {
	switch e := expression.(type) {
	case *ast.BinaryExpr:
		if e.Op != token.OR {
			c.report("a value stands where a type belongs")
		}
		c.constraint(e.X)
		c.constraint(e.Y)
	case *ast.UnaryExpr:
		if e.Op != token.TILDE {
			c.report("a value stands where a type belongs")
		}
		c.typ(e.X)
	default:
		c.typ(expression)
	}
}

// ---- types ----

func (c *checker) typ(expression ast.Expr) {
	switch e := expression.(type) {
	case *ast.Ident:
	case *ast.SelectorExpr:
		if _, ok := e.X.(*ast.Ident); !ok {
			c.report("a value stands where a type belongs")
		}
	case *ast.ParenExpr:
		c.typ(e.X)
	case *ast.StarExpr:
		c.typ(e.X)
	case *ast.IndexExpr:
		c.instance(e.X, []ast.Expr{e.Index})
	case *ast.IndexListExpr:
		c.instance(e.X, e.Indices)
	case *ast.ArrayType:
		if _, ok := e.Len.(*ast.Ellipsis); ok {
			c.report("[...] stands outside of a composite literal")
		} else if e.Len != nil {
			c.value(e.Len)
		}
		c.typ(e.Elt)
	case *ast.MapType:
		c.typ(e.Key)
		c.typ(e.Value)
	case *ast.ChanType:
		c.typ(e.Value)
	case *ast.FuncType:
		c.signature(e)
	case *ast.StructType:
		c.fields(e.Fields, false)
	case *ast.InterfaceType:
		for _, field := range e.Methods.List {
			c.constraint(field.Type)
		}
	case *ast.Ellipsis:
		c.typ(e.Elt)
	default:
		c.report("a value stands where a type belongs")
	}
}

func (c *checker) instance(generic ast.Expr, arguments []ast.Expr) {
	switch generic.(type) {
	case *ast.Ident, *ast.SelectorExpr:
		c.typ(generic)
	default:
		c.report("a value stands where a type belongs")
	}
	for _, argument := range arguments {
		c.typ(argument)
	}
}

// isTypeOnly reports whether an expression can't be read as a value: `[]T`, `*[]T`, `func()`.
func isTypeOnly(expression ast.Expr) bool {
	switch e := expression.(type) {
	case *ast.ArrayType, *ast.MapType, *ast.ChanType, *ast.FuncType, *ast.StructType, *ast.InterfaceType:
		return true
	case *ast.StarExpr:
		return isTypeOnly(e.X)
	case *ast.ParenExpr:
		return isTypeOnly(e.X)
	}
	return false
}

// ---- expressions ----

func (c *checker) values(expressions []ast.Expr) {
	for _, expression := range expressions {
		c.value(expression)
	}
}

func (c *checker) value(expression ast.Expr) {
	switch e := expression.(type) {
	case nil, *ast.Ident, *ast.BasicLit:
	case *ast.ParenExpr:
		c.value(e.X)
	case *ast.SelectorExpr:
		c.operand(e.X)
	case *ast.StarExpr:
		c.value(e.X)
	case *ast.UnaryExpr:
		if e.Op == token.TILDE {
			c.report("~ stands before a value")
		}
		c.value(e.X)
	case *ast.BinaryExpr:
		c.value(e.X)
		c.value(e.Y)
	case *ast.KeyValueExpr:
		c.value(e.Key)
		c.value(e.Value)
	case *ast.IndexExpr:
		c.operand(e.X)
		c.valueOrType(e.Index)
	case *ast.IndexListExpr:
		c.operand(e.X)
		for _, index := range e.Indices {
			c.typ(index)
		}
	case *ast.SliceExpr:
		c.operand(e.X)
		c.values([]ast.Expr{e.Low, e.High, e.Max})
	case *ast.TypeAssertExpr:
		if e.Type == nil && !c.typeSwitches[e] {
			c.report(".(type) stands outside of a type switch")
		}
		c.operand(e.X)
		if e.Type != nil {
			c.typ(e.Type)
		}
	case *ast.CallExpr:
		c.call(e)
	case *ast.CompositeLit:
		c.composite(e)
	case *ast.FuncLit:
		c.signature(e.Type)
		c.statement(e.Body)
	default:
		c.report("a type stands where a value belongs")
	}
}

func (c *checker) valueOrType(expression ast.Expr) {
	if isTypeOnly(expression) {
		c.typ(expression)
	} else {
		c.value(expression)
	}
}

// operand checks what a suffix stands behind. In `(*[]T).Method` it is a type.
func (c *checker) operand(expression ast.Expr) {
	if literal, ok := expression.(*ast.BasicLit); ok {
		switch literal.Kind {
		case token.INT, token.FLOAT, token.IMAG:
			c.report("a number has a suffix")
		}
	}
	if parenthesized, ok := expression.(*ast.ParenExpr); ok {
		c.valueOrType(parenthesized.X)
	} else {
		c.value(expression)
	}
}

func (c *checker) call(call *ast.CallExpr) {
	if isTypeOnly(call.Fun) {
		c.typ(call.Fun)
		if len(call.Args) != 1 || call.Ellipsis.IsValid() {
			c.report("a conversion doesn't have one operand")
		}
		c.values(call.Args)
		return
	}
	c.operand(call.Fun)
	for index, argument := range call.Args {
		if index == 0 {
			c.valueOrType(argument)
		} else {
			c.value(argument)
		}
	}
}

func (c *checker) composite(literal *ast.CompositeLit) {
	if array, ok := literal.Type.(*ast.ArrayType); ok {
		if _, open := array.Len.(*ast.Ellipsis); !open {
			c.value(array.Len)
		}
		c.typ(array.Elt)
	} else if literal.Type != nil {
		c.typ(literal.Type)
	}
	c.values(literal.Elts)
}

// ---- statements ----

func (c *checker) statements(list []ast.Stmt) {
	for _, statement := range list {
		c.statement(statement)
	}
}

func (c *checker) statement(statement ast.Stmt) {
	switch s := statement.(type) {
	case nil, *ast.BranchStmt, *ast.EmptyStmt:
	case *ast.DeclStmt:
		c.declaration(s.Decl)
	case *ast.BlockStmt:
		if s != nil {
			c.statements(s.List)
		}
	case *ast.LabeledStmt:
		c.statement(s.Stmt)
	case *ast.ExprStmt:
		c.expressionStatement(s.X)
	case *ast.SendStmt:
		c.value(s.Chan)
		c.value(s.Value)
	case *ast.IncDecStmt:
		c.value(s.X)
	case *ast.AssignStmt:
		c.assignment(s)
	case *ast.GoStmt:
		c.value(s.Call)
	case *ast.DeferStmt:
		c.value(s.Call)
	case *ast.ReturnStmt:
		c.values(s.Results)
	case *ast.IfStmt:
		c.statement(s.Init)
		c.value(s.Cond)
		c.statement(s.Body)
		c.statement(s.Else)
	case *ast.SwitchStmt:
		c.statement(s.Init)
		c.value(s.Tag)
		c.clauses(s.Body, c.values)
	case *ast.TypeSwitchStmt:
		c.typeSwitch(s)
	case *ast.SelectStmt:
		c.communications(s.Body)
	case *ast.ForStmt:
		c.statement(s.Init)
		c.value(s.Cond)
		if post, ok := s.Post.(*ast.AssignStmt); ok && post.Tok == token.DEFINE {
			c.report("the post statement of a loop declares variables")
		}
		c.statement(s.Post)
		c.statement(s.Body)
	case *ast.RangeStmt:
		if s.Tok == token.DEFINE {
			c.names([]ast.Expr{s.Key, s.Value})
		}
		c.value(s.Key)
		c.value(s.Value)
		c.value(s.X)
		c.statement(s.Body)
	}
}

func (c *checker) expressionStatement(expression ast.Expr) {
	switch e := ast.Unparen(expression).(type) {
	case *ast.CallExpr:
	case *ast.UnaryExpr:
		if e.Op != token.ARROW {
			c.report("an expression stands alone as a statement")
		}
	default:
		c.report("an expression stands alone as a statement")
	}
	c.value(expression)
}

func (c *checker) assignment(assignment *ast.AssignStmt) {
	switch assignment.Tok {
	case token.ASSIGN:
	case token.DEFINE:
		c.names(assignment.Lhs)
	default:
		if len(assignment.Lhs) != 1 || len(assignment.Rhs) != 1 {
			c.report("an assignment operation has lists")
		}
	}
	c.values(assignment.Lhs)
	c.values(assignment.Rhs)
}

func (c *checker) names(expressions []ast.Expr) {
	for _, expression := range expressions {
		if _, ok := expression.(*ast.Ident); !ok && expression != nil {
			c.report("something else than a name is declared by :=")
		}
	}
}

func (c *checker) clauses(body *ast.BlockStmt, check func([]ast.Expr)) {
	for _, statement := range body.List {
		clause := statement.(*ast.CaseClause)
		check(clause.List)
		c.statements(clause.Body)
	}
}

func (c *checker) typeSwitch(statement *ast.TypeSwitchStmt) {
	c.statement(statement.Init)
	var guard ast.Expr
	switch assign := statement.Assign.(type) {
	case *ast.ExprStmt:
		guard = assign.X
	case *ast.AssignStmt:
		c.names(assign.Lhs)
		guard = assign.Rhs[0]
	}
	if assertion, ok := guard.(*ast.TypeAssertExpr); ok {
		c.typeSwitches[assertion] = true
	}
	c.value(guard)
	c.clauses(statement.Body, func(list []ast.Expr) {
		for _, expression := range list {
			c.typ(expression)
		}
	})
}

func (c *checker) communications(body *ast.BlockStmt) {
	for _, statement := range body.List {
		clause := statement.(*ast.CommClause)
		switch s := clause.Comm.(type) {
		case nil:
		case *ast.SendStmt:
			c.statement(s)
		case *ast.ExprStmt:
			c.receive(s.X)
		case *ast.AssignStmt:
			c.assignment(s)
			c.receive(s.Rhs[0])
		}
		c.statements(clause.Body)
	}
}

func (c *checker) receive(expression ast.Expr) {
	if unary, ok := ast.Unparen(expression).(*ast.UnaryExpr); !ok || unary.Op != token.ARROW {
		c.report("a clause of select neither sends nor receives")
	}
	c.value(expression)
}
