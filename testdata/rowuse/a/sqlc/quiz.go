package sqlc

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/sqlc/quizdb"
)

type quizRequest struct {
	Title     string   `json:"title"`
	Questions []string `json:"questions"`
}

type quizAPI struct{ db *sql.DB }

func (a quizAPI) create(ctx context.Context, req quizRequest) (quizdb.Quiz, error) {
	tx, err := a.db.BeginTx(ctx, nil)
	if err != nil {
		return quizdb.Quiz{}, err
	}
	defer tx.Rollback()
	q := quizdb.New(tx)
	quiz, err := q.CreateQuiz(ctx, req.Title)
	if err != nil {
		return quiz, err
	}
	for i, text := range req.Questions { // want: row-by-row-insert
		err := q.CreateQuestion(ctx, quizdb.CreateQuestionParams{QuizID: quiz.ID, Position: int64(i + 1), Text: text}) // also: row-by-row-insert
		if err != nil {
			return quiz, fmt.Errorf("question %d: %w", i+1, err)
		}
	}
	return quiz, tx.Commit()
}

func (a quizAPI) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var req quizRequest
	if err := json.NewDecoder(r.Body).Decode(&req); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	quiz, err := a.create(r.Context(), req)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusCreated)
	fmt.Fprintf(w, "quiz %d %q", quiz.ID, quiz.Title)
}

var quizCreate = rowuse.Case{
	Name:   "quiz is created with its questions",
	Want:   []string{rowuse.RowInsert},
	Why:    "Each question is inserted by a statement of its own.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE quizzes (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
CREATE TABLE questions (id INTEGER PRIMARY KEY, quiz_id INTEGER NOT NULL, position INTEGER NOT NULL, text TEXT NOT NULL);
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		body := `{"title":"Capitals","questions":["` + strings.Repeat(`What is the capital?","`, 2) + `Last one?"]}`
		rec := httptest.NewRecorder()
		quizAPI{db}.ServeHTTP(rec, httptest.NewRequest("POST", "/quizzes", strings.NewReader(body)).WithContext(ctx))
		Sink = rec.Body.String()
		return statusErr(rec)
	},
}
