try: a
except A, B as e: b
