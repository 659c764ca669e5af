#!/bin/sh
# The first steps with the API, one request after the other, each reply on a line of its own: step, status, body.
# Needs BASE_URL and ORGANIZATION_SECRET. Asks for the trained entry again and again, so the sandbox should be fast.
set -eu

USER_ID=test_user_id
CURL=${CURL:-curl}

send() { # step, method, path, and what else curl is to be told
    step=$1 method=$2 path=$3
    shift 3
    reply=$($CURL --silent --write-out '\n%{http_code}' -X "$method" "$BASE_URL$path" \
        -H "X-ORGANIZATION-SECRET: $ORGANIZATION_SECRET" -H "X-API-Version: 2025-03-25" \
        -H "Content-Type: application/json" "$@")
    status=$(printf '%s\n' "$reply" | tail -n 1)
    body=$(printf '%s\n' "$reply" | sed '$d')
    printf '%s\t%s\t%s\n' "$step" "$status" "$body"
}

field() { # the value of a field that stands in the last body once
    printf '%s' "$body" | sed "s/.*\"$1\": *\"\{0,1\}\([^\",}]*\).*/\1/"
}

send create-user POST /v1/users -d '{"id": "'"$USER_ID"'"}'
send create-unnamed-user POST /v1/users -d '{}'

send create-replica POST /v1/replicas -d '{
    "name": "My Replica", "shortDescription": "A helpful assistant", "greeting": "Hi there! How can I help?",
    "ownerID": "'"$USER_ID"'", "private": false, "slug": "my-replica",
    "llm": {"provider": "openai", "model": "gpt-4o"}}'
REPLICA=/v1/replicas/$(field uuid)

send list-own-replicas GET /v1/replicas -H "X-USER-ID: $USER_ID"
send list-all-replicas GET /v1/replicas

send read-empty-history GET "$REPLICA/chat/history" -H "X-USER-ID: $USER_ID"
send chat POST "$REPLICA/chat/completions" -H "X-USER-ID: $USER_ID" \
    -d '{"content": "How did you handle the immense pressure during the Civil War?"}'
send read-history GET "$REPLICA/chat/history" -H "X-USER-ID: $USER_ID"

send train POST "$REPLICA/knowledge-base" -d '{"text": "Our company was founded in 2020. We make customer service easy. Our business hours are Monday to Friday, 9 AM to 5 PM Eastern Time."}'
ENTRY=$(field knowledgeBaseID)
send read-new-entry GET "$REPLICA/knowledge-base/$ENTRY"
while send read-trained-entry GET "$REPLICA/knowledge-base/$ENTRY"; do
    case $(field status) in
    VECTOR_CREATED | READY) break ;;
    esac
done
send chat-again POST "$REPLICA/chat/completions" -H "X-USER-ID: $USER_ID" \
    -d '{"content": "What are your business hours?"}'
